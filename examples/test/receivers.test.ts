import { signedFetch } from '@countersign/core/fetch';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// Each example runs as its own process, on the built packages, and is sent signed requests over real HTTP.

const developmentApplication = {
  keyId: 'c0157e51-0000-4000-8000-000000000002',
  secret: new Secret('cHVibGljIGRldiBrZXkhIQ==', 'base64'),
};

let key: CryptoKey;
let keyServer: Server;
let keysAreThere = false;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  const pair = await generateKeyPair('RS256');
  key = pair.privateKey;
  const keys = [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'RS256' }];
  keyServer = createServer((_, response) =>
    keysAreThere ? response.end(JSON.stringify({ keys })) : response.writeHead(500).end(),
  );
  keyServer.listen(0, '127.0.0.1');
  await once(keyServer, 'listening');
  environment = {
    PATH: process.env['PATH'],
    // Express prints refusals of its parsers otherwise.
    NODE_ENV: 'test',
    PORT: '0',
    PUBLIC_URL: 'https://example.com/hooks',
    SINCH_APPLICATION_KEY: developmentApplication.keyId,
    SINCH_APPLICATION_SECRET: 'cHVibGljIGRldiBrZXkhIQ==',
    ACS_RESOURCE_ID: 'c0157e51-0000-4000-8000-000000000001',
    ACS_JWKS_URL: `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/calling/keys`,
  };
});
afterAll(() => {
  keyServer.closeAllConnections();
  keyServer.close();
});

describe.each(['receive-express.js', 'receive-hono.js', 'receive-fastify.js'])('%s', (example) => {
  let child: ChildProcess;
  let url: string;
  const printed: string[] = [];

  beforeAll(async () => {
    keysAreThere = false;
    child = spawn(process.execPath, [fileURLToPath(new URL(`../${example}`, import.meta.url))], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout! });
    lines.on('line', (line) => printed.push(line));
    const [line] = (await once(lines, 'line')) as [string];
    url = `http://localhost:${/^listening on (\d+)$/.exec(line)?.[1]}`;
  });
  afterAll(async () => {
    child.kill();
    await once(child, 'exit');
  });

  /** Signs for the public URL and delivers to the local one, as a proxy that cuts `/hooks` off does. */
  const callback = (body: string, credential = developmentApplication): Promise<Response> =>
    signedFetch(sinchApplication, credential, {
      fetch: async (address, init) => fetch(String(address).replace('https://example.com/hooks', url), init),
    })('https://example.com/hooks/sinch', { method: 'POST', headers: { 'content-type': 'application/json' }, body });

  test('answers a signed Sinch callback', async () => {
    const response = await callback('{"event":"ace","callid":"1"}');
    expect([response.status, await response.json()]).toEqual([200, { action: { name: 'continue' } }]);
    // What a process prints and what it answers come by different ways.
    await expect.poll(() => printed).toContain('sinch ace');
  });

  test('refuses a Sinch callback that is signed with another secret, or not at all', async () => {
    const forged = await callback('{"event":"forged"}', {
      ...developmentApplication,
      secret: new Secret('b3RoZXI=', 'base64'),
    });
    expect(await forged.text()).not.toContain('signature');
    expect(forged.status).toBe(401);
    const unsigned = await fetch(`${url}/sinch`, { method: 'POST', body: '{"event":"forged"}' });
    expect(unsigned.status).toBe(401);
    for (const code of ['signature/mismatch', 'authorization/missing'])
      await expect.poll(() => printed.filter((line) => line.startsWith(`refused ${code}: `))).toHaveLength(1);
    expect(printed).not.toContain('sinch forged');
  });

  /** Sends bytes as they are, and gives the status that comes back, also where the rest is not read any more. */
  const statusOf = async (head: string, body = ''): Promise<number> => {
    const socket = connect(Number(new URL(url).port), 'localhost');
    let answer = '';
    socket.setEncoding('latin1').on('data', (part: string) => (answer += part));
    socket.on('error', () => {});
    socket.write(`${head}\r\nConnection: close\r\n\r\n${body}`);
    await once(socket, 'close');
    return Number(answer.slice(9, 12));
  };

  test('refuses a body of more than a megabyte', async () => {
    const head = 'POST /sinch HTTP/1.1\r\nHost: h\r\nContent-Length: 1100000';
    expect(await statusOf(head, 'x'.repeat(1_100_000))).toBe(413);
  });

  test('refuses what names no place on it, and goes on serving', async () => {
    for (const target of ['ftp://h/sinch', 'http:///sinch', '*']) {
      const status = await statusOf(`POST ${target} HTTP/1.1\r\nHost: [::1\r\nContent-Length: 0`);
      expect(status).toBeGreaterThanOrEqual(400);
    }
    expect((await callback('{"event":"dice"}')).status).toBe(200);
  });

  const tokenFor = (audience: string): Promise<string> =>
    new SignJWT({})
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setIssuer('https://acscallautomation.communication.azure.com')
      .setAudience(audience)
      .setExpirationTime('5m')
      .sign(key);
  const event = async (audience: string): Promise<Response> => {
    const token = await tokenFor(audience);
    return fetch(`${url}/acs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify([{ type: `for ${audience.slice(0, 4)}` }]),
    });
  };

  test('asks for an ACS event once more while its keys cannot be fetched', async () => {
    expect((await event('c0157e51-0000-4000-8000-000000000001')).status).toBe(503);
    expect(printed).not.toContain('acs for c015');
  });

  test('takes an ACS event whose token is right', async () => {
    keysAreThere = true;
    expect((await event('c0157e51-0000-4000-8000-000000000001')).status).toBe(200);
    await expect.poll(() => printed).toContain('acs for c015');
  });

  test('refuses an ACS event with a second Authorization header: another program may read the other one', async () => {
    keysAreThere = true;
    const lines = [`Bearer ${await tokenFor('c0157e51-0000-4000-8000-000000000001')}`, 'Bearer another'];
    for (const order of [lines, lines.toReversed()]) {
      const headers = order.map((value) => `Authorization: ${value}`).join('\r\n');
      const head = `POST /acs HTTP/1.1\r\nHost: h\r\n${headers}\r\nContent-Type: application/json\r\nContent-Length: 2`;
      expect(await statusOf(head, '[]')).toBe(401);
    }
  });

  test('refuses an ACS event whose token is for another resource', async () => {
    const response = await event('other');
    expect([response.status, await response.json()]).toEqual([401, { code: 'token/claim' }]);
    expect(printed).not.toContain('acs for othe');
  });
});
