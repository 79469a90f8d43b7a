// The local voice server, and what it takes of the machine.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startServer } from '@countersign/server';
import { answerParent, processorTime } from './parent.js';

let server;
let loop;

answerParent({
  async start(options) {
    server = await startServer({ port: 0, ...options });
    return { port: Number(new URL(server.url).port) };
  },
  advance: (duration) => server.control.advance(duration),
  /** The most bytes that the process ever had, threads included. */
  peakMemory: () => process.resourceUsage().maxRSS * 1024,
  processorTime,
  /** For how long the event loop stood still at most since it was asked last, in milliseconds; 0 the first time. */
  loopDelay() {
    const longestMs = loop ? loop.max / 1e6 : 0;
    loop ??= monitorEventLoopDelay({ resolution: 1 });
    loop.enable();
    loop.reset();
    return longestMs;
  },
});
