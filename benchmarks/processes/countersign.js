// The local voice server, and a look at its memory.
import { startServer } from '@countersign/server';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { answerParent } from './parent.js';

let server;

answerParent({
  async start(options) {
    server = await startServer({ port: 0, ...options });
    return { port: Number(new URL(server.url).port) };
  },
  advance: (duration) => server.control.advance(duration),
  /** Bytes of the whole process, threads included, and of those what JavaScript holds after a collection. */
  memory() {
    setFlagsFromString('--expose-gc');
    const { rss } = process.memoryUsage();
    runInNewContext('gc')();
    return { rss, heapUsed: process.memoryUsage().heapUsed };
  },
  reset: () => server.control.reset(),
});
