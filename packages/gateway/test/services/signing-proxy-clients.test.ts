import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import newman from 'newman';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { developmentAccount } from '@countersign/core/development-account';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { startServer, type RunningServer } from '@countersign/server';
import { startSigningProxy, type PassedRequest, type RunningSigningProxy } from '../../src/signing-proxy/proxy.ts';
import { temporaryFolder } from './service.ts';

// Clients that sign nothing, as they are, against the local server, which believes only what is signed.

const run = promisify(execFile);
let server: RunningServer;
let proxy: RunningSigningProxy;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const passed: PassedRequest[] = [];
beforeAll(async () => {
  server = await startServer({
    port: 0,
    clock: 'virtual',
    environment: {},
    limits: { bodyBytes: 8_000_000 },
  });
  folder = await temporaryFolder();
  const { acs, sinch } = developmentAccount;
  const ofSinch = { keyId: sinch.applicationKey, secret: new Secret(sinch.applicationSecret, 'base64') };
  proxy = await startSigningProxy({
    targets: [
      { name: 'sinch', url: server.url, scheme: sinchApplication, credential: ofSinch },
      { name: 'acs', url: server.url, scheme: acsHmac, credential: { secret: new Secret(acs.accessKey, 'base64') } },
    ],
    listen: { port: 0 },
    onRequest: (one) => void passed.push(one),
  });
});
afterAll(async () => {
  await proxy.close();
  await server.close();
  await folder.remove();
});

const numbers = '/sinch/v1/configuration/numbers';

describe('through the signing proxy', () => {
  it('the example collection runs in Postman without its script, and without its keys', async () => {
    const file = new URL('../../../../examples/postman/sinch.postman_collection.json', import.meta.url);
    const { event: _, ...collection } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    const executions = await new Promise<newman.NewmanRunExecution[]>((resolve, reject) => {
      newman.run(
        {
          collection: collection as newman.NewmanRunOptions['collection'],
          envVar: [
            { key: 'endpoint', value: `${proxy.url}/sinch` },
            { key: 'applicationSecret', value: 'none' },
          ],
        },
        (error, summary) => (error ? reject(error) : resolve(summary.run.executions)),
      );
    });
    expect(executions.map(({ response }) => response.code)).toEqual([200, 200, 200]);
  });

  it('curl reads, posts, asks for the head alone, uploads in chunks and with 100 Continue, over one connection', async () => {
    const { stdout } = await run('curl', [
      '-sS',
      `${proxy.url}${numbers}`,
      `${proxy.url}${numbers}`,
      '-w',
      '\n%{http_code} %{num_connects}\n',
    ]);
    expect(stdout.match(/^200 [01]$/gm)).toEqual(['200 1', '200 0']);
    const head = await run('curl', ['-sS', '-I', `${proxy.url}${numbers}`]);
    expect(head.stdout).toMatch(/^HTTP\/1\.1 (?:200|404|405) /);
    const body = join(folder.folder, 'body.json');
    const text = '8'.repeat(3_000_000);
    await writeFile(body, `{"ttsCallout":{"text":"${text}"}}`);
    const post = ['-sS', '-o', '/dev/null', '-w', '%{http_code}', '-H', 'content-type: application/json'];
    const callouts = `${proxy.url}/sinch/calling/v1/callouts`;
    for (const more of [
      ['-H', 'Expect: 100-continue'],
      ['-H', 'Transfer-Encoding: chunked'],
    ]) {
      const { stdout: status } = await run('curl', [...post, ...more, '--data-binary', `@${body}`, callouts]);
      // Its signature is right: what is wrong with it is said of the body.
      expect(status).toBe('400');
    }
  });

  it('curl uses it as its proxy, for the address of the service itself', async () => {
    const only = await startSigningProxy({
      targets: [
        {
          url: server.url,
          scheme: acsHmac,
          credential: { secret: new Secret(developmentAccount.acs.accessKey, 'base64') },
        },
      ],
      listen: { port: 0 },
    });
    const url = `${server.url}/identities?api-version=2023-10-01`;
    const { stdout } = await run('curl', [
      '-sS',
      '-x',
      only.url,
      '--noproxy',
      '',
      '-X',
      'POST',
      '-H',
      'content-type: application/json',
      '-d',
      '{}',
      url,
    ]);
    expect(JSON.parse(stdout)).toHaveProperty('identity');
    const other = await run('curl', ['-sS', '-x', only.url, '--noproxy', '', 'http://192.0.2.1/']);
    expect(other.stdout).toContain('none of the targets');
    await only.close();
  });

  it('Python posts, with its standard library alone', async () => {
    const script = `
import json, sys, urllib.request
url = sys.argv[1]
request = urllib.request.Request(url + '/acs/identities?api-version=2023-10-01', b'{}', {'Content-Type': 'application/json'})
with urllib.request.urlopen(request) as answer:
    print(answer.status, sorted(json.load(answer)))
with urllib.request.urlopen(url + '${numbers}') as answer:
    print(answer.status)
`;
    const { stdout } = await run('python3', ['-c', script, proxy.url]);
    expect(stdout).toMatch(/^201 \['accessToken', 'identity'\]\n200\n$|^201 \['identity'\]\n200\n$/);
  });

  it('PHP posts, with streams and nothing else', async () => {
    const script = `
$context = stream_context_create(['http' => [
  'method' => 'POST', 'header' => "Content-Type: application/json\\r\\n", 'content' => '{}', 'protocol_version' => 1.1, 'ignore_errors' => true,
]]);
$answer = file_get_contents($argv[1] . '/acs/identities?api-version=2023-10-01', false, $context);
echo $http_response_header[0], "\\n", isset(json_decode($answer, true)['identity']) ? 'yes' : $answer, "\\n";
`;
    const { stdout } = await run('php', ['-r', script, '--', proxy.url]);
    expect(stdout).toBe('HTTP/1.1 201 Created\nyes\n');
  });

  it('a large body of bytes that are no text arrives as it was sent', async () => {
    const body = randomBytes(5_000_000);
    const answer = await fetch(`${proxy.url}/acs/sms?api-version=2021-03-07`, { method: 'POST', body });
    expect([400, 415]).toContain(answer.status);
    expect(passed.every(({ status }) => status !== 401 && status !== 502)).toBe(true);
  });
});
