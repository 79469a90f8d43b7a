import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { developmentToken } from '../../../src/providers/acs/authentication/development-token.ts';
import { startServer } from '../../../src/server.ts';

it('over https official SDKs send a bearer token and download recordings: line 1.2 as they are, 1.6 from their host', async () => {
  const recordingHost = 'countersign.asm.skype.com';
  const stateFolder = await mkdtemp(join(tmpdir(), 'countersign-acs-tls-'));
  const server = await startServer({ port: 0, tls: true, stateFolder, acs: { recordingHost } });
  const application = createServer((request, response) => request.resume().on('end', () => response.end()));
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    application.closeAllConnections();
    application.close();
    await server.close();
    await rm(stateFolder, { recursive: true });
  });
  server.control.phone('+15555550123').script({ pickUp: 'answer', afterMs: 0 });

  const { COMMUNICATION_SERVICES_CONNECTION_STRING: connectionString = '' } = server.environment;
  const callback = `http://127.0.0.1:${(application.address() as AddressInfo).port}/events`;
  const { token } = await developmentToken();
  const program = fileURLToPath(new URL('over-tls/client.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, server.url, connectionString, token, callback, recordingHost],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: server.trust?.authorityFile ?? '' } },
  );
  expect(JSON.parse(stdout)).toEqual({
    bearer: 'connecting',
    downloaded: expect.stringMatching(/^RIFF[^]{4}WAVE$/),
    same: [true, true, true],
    refused: true,
    afterwards: 'refused',
  });
  const schemes = server.control
    .exchanges()
    .map(({ authentication }) => [authentication?.scheme, authentication?.outcome]);
  expect(schemes.at(-1)).toEqual(['entra-bearer', 'accepted']);
  expect(schemes.slice(0, -1).every(([scheme]) => scheme === 'acs-hmac')).toBe(true);
});
