// The local voice server, and what it takes of the machine.
import { startServer } from '@countersign/server';
import { answerParent, processorTime } from './parent.js';
import { turns } from './turns.js';

let server;

answerParent({
  async start(options) {
    server = await startServer({ port: 0, ...options });
    return { port: Number(new URL(server.url).port) };
  },
  advance: (duration) => server.control.advance(duration),
  /** The most bytes that the process ever had, threads included. */
  peakMemory: () => process.resourceUsage().maxRSS * 1024,
  processorTime,
  turns,
});
