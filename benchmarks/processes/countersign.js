// The local voice server, and what it takes of the machine.
import { startServer } from '@countersign/server';
import { heldBytes } from '../held-bytes.js';
import { answerParent, processorTime } from './parent.js';
import { turns } from './turns.js';

let server;

answerParent({
  async start(options) {
    server = await startServer({ port: 0, ...options });
    return { port: Number(new URL(server.url).port) };
  },
  reset: () => server.control.reset(),
  advance: (duration) => server.control.advance(duration),
  /** The most bytes that the process ever had, threads included. */
  peakMemory: () => process.resourceUsage().maxRSS * 1024,
  /** What is left when all garbage is collected, in V8's heap and outside of it, in bytes. */
  heldMemory() {
    const heapBytes = heldBytes();
    return { heapBytes, externalBytes: process.memoryUsage().external };
  },
  processorTime,
  turns,
});
