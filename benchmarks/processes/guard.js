// The guard, as `countersign guard` runs it: verifying, writing its log and, with a time to live, refusing repeats.
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { Secret } from '@countersign/core/secret';
import { startGuard } from '@countersign/gateway/guard';
import { linesTogether } from '@countersign/gateway/lines-together';
import { jsonLines } from '@countersign/gateway/log';
import { memoryStore } from '@countersign/gateway/stores/memory';
import { openSync, writeSync } from 'node:fs';
import { answerParent, processorTime } from './parent.js';

const nowhere = openSync('/dev/null', 'w');

answerParent({
  processorTime,
  async start({ upstream, secret, ttlSeconds }) {
    const guard = await startGuard({
      routes: [
        {
          scheme: sinchWebhook,
          credentials: { secret: new Secret(secret, 'utf8') },
          upstream: `http://127.0.0.1:${upstream}`,
          ...(ttlSeconds && { toleranceSeconds: ttlSeconds / 2, replay: { store: memoryStore() } }),
        },
      ],
      listen: { port: 0 },
      log: jsonLines(linesTogether((lines) => writeSync(nowhere, lines)).add),
    });
    return { port: Number(new URL(guard.url).port) };
  },
  /** Bytes that the process has of the machine. */
  memory: () => process.memoryUsage().rss,
});
