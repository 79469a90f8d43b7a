import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

// A copy that was deployed without its variables must not believe the whole world: its secret would be the public one.

const folder = fileURLToPath(new URL('..', import.meta.url));
const examples = (await readdir(folder)).filter((file) => file.endsWith('.js'));

const sinch = { SINCH_APPLICATION_KEY: 'key', SINCH_APPLICATION_SECRET: 'c2VjcmV0' };
const receiving = { ...sinch, ACS_RESOURCE_ID: 'resource' };
const receivers = ['receive-express.js', 'receive-fastify.js', 'receive-hono.js'];

async function runWith(example: string, env: Readonly<Record<string, string>>): Promise<[exit: number, said: string]> {
  const child = spawn(process.execPath, [folder + example], {
    env: { PATH: process.env['PATH'], PORT: '0', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // One that starts all the same would serve for ever.
  const guard = setTimeout(() => child.kill(), 50_000);
  const [[exit], said] = await Promise.all([once(child, 'exit') as Promise<[number]>, text(child.stderr)]);
  clearTimeout(guard);
  return [exit, said];
}

function without(env: Readonly<Record<string, string>>, name: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).filter(([other]) => other !== name));
}

describe.concurrent('an example does not start', () => {
  test.each([
    ['receive-express.js', 'SINCH_APPLICATION_SECRET', { ...receiving, SINCH_APPLICATION_SECRET: '' }],
    ['receive-fastify.js', 'SINCH_APPLICATION_SECRET', without(receiving, 'SINCH_APPLICATION_SECRET')],
    ['receive-hono.js', 'ACS_RESOURCE_ID', without(receiving, 'ACS_RESOURCE_ID')],
    ['sign-fetch.js', 'SINCH_APPLICATION_SECRET', without(sinch, 'SINCH_APPLICATION_SECRET')],
    ['sinch-sdk.js', 'SINCH_APPLICATION_KEY', {}],
    ['azure-sdk.js', 'COMMUNICATION_SERVICES_CONNECTION_STRING', {}],
  ])('%s without %s, which it names', async (example, name, env) => {
    const [exit, said] = await runWith(example, env);
    expect(said).toContain(`${name} is not set`);
    expect(exit).toBe(1);
  });

  test('with a public URL or an address of keys that is set and empty', async () => {
    const [exit, said] = await runWith('receive-express.js', { ...receiving, PUBLIC_URL: '' });
    expect([exit, said]).toEqual([1, expect.stringContaining('publicUrl is empty')]);
    const [other, why] = await runWith('receive-fastify.js', { ...receiving, ACS_JWKS_URL: '' });
    expect([other, why]).toEqual([1, expect.stringContaining('jwksUrl is empty')]);
  });
});

test.each(examples)(
  '%s holds no secret outside its comments but that of a public document, in under 40 lines',
  async (example) => {
    const source = await readFile(folder + example, 'utf8');
    const code = source.replace(/^\/\/.*$/gm, '');
    const published = /JViE5vDor0Sw3WllZka15Q==|5F5C418A0F914BBC8234A9BF5EDDAD97/g;
    expect(code.replace(published, '')).not.toMatch(/c0157e51-|[A-Za-z0-9+/]{16,}==/);
    expect(source.split('\n').length - 1).toBeLessThan(40);
    if (receivers.includes(example)) {
      for (const name of Object.keys(receiving)) expect(source).toMatch(new RegExp(`^//.*export.* ?${name}=`, 'm'));
    }
  },
);
