// The receiver whose table stands in docs/probe.md: verifies, refuses repeats, limits bodies. Prints its port.
import { receiver } from '@countersign/core/receiver';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { replayGuard } from '@countersign/gateway/replay-guard';
import { memoryStore } from '@countersign/gateway/stores/memory';
import express from 'express';

const { SINCH_APPLICATION_KEY: keyId, SINCH_APPLICATION_SECRET: secret = '' } = process.env;
const credentials = { keyId, secret: new Secret(secret, 'base64') };
const callbacks = receiver({ scheme: sinchApplication, credentials });
const repeats = replayGuard(memoryStore(), { scheme: sinchApplication });

const app = express();
app.use(express.raw({ type: () => true, inflate: false, limit: '1mb' }));
app.post('/hook', async (request, response) => {
  const result = callbacks.verify(request, request.body);
  if (!result.ok) return response.status(403).json({ code: result.code });
  const claim = await repeats.claim(result);
  if (!claim.ok) return response.status(409).json({ code: claim.code });
  response.json({});
  await claim.settle?.();
});
app.use((error, _request, response, _next) => response.status(error.status ?? 500).end());

const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));
