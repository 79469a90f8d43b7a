import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRequests } from '@countersign/core/requests/read-requests';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../free-port.ts';

// What docs/bring.md tells to run gives the request that arrived, byte for byte. `npm test` runs Node's; with LANGUAGES=all
// also Python, Go and Java, with SERVICES=all nginx.

const page = readFileSync(new URL('../../docs/bring.md', import.meta.url), 'utf8');
const blocks = new Map(
  [...page.matchAll(/<!-- run: (\S+) -->\n\n```\w+\n(.*?)```/gs)].map(([, name = '', code = '']) => [name, code]),
);
const block = (name: string): string => {
  const code = blocks.get(name);
  if (code === undefined) throw new Error(`docs/bring.md has no block for ${name}`);
  return code;
};
const wantsLanguages = process.env['LANGUAGES'] === 'all';
const wantsServices = process.env['SERVICES'] === 'all';
const isThere = (command: string, ...argv: string[]): boolean => spawnSync(command, argv).error === undefined;

const body = '{"message":"Café \\"quoted\\"","emoji":"😀"}\n';
const target = '/calling/v1/callouts?to=%2B1&x=a%20b';

interface Arrived {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly string[];
  readonly body: string;
}
const linesOf = (raw: readonly string[]): string[] =>
  raw.flatMap((name, at) => (at % 2 === 0 ? [`${name.toLowerCase()}: ${raw[at + 1]}`] : [])).toSorted();

let folder: string;
let server: Server;
let arrived: Arrived[];
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-bring-'));
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', rawHeaders } = request;
      arrived.push({ method, target: url, headers: linesOf(rawHeaders), body: Buffer.concat(chunks).toString() });
      response.writeHead(401).end('{}');
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => void server.close(resolve));
  rmSync(folder, { recursive: true });
});

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

/** Runs a program that sends one request, and gives what it printed. */
async function run(command: string, ...argv: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  arrived = [];
  const child = spawn(command, argv, { cwd: folder, env: { ...process.env, GOFLAGS: '-mod=mod' } });
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (text.stdout += piece));
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (text.stderr += piece));
  await new Promise((resolve, reject) => void child.on('error', reject).on('close', resolve));
  return text;
}

/** Which headers a reader may not know: those that the transport adds to every request. */
const ofTransport =
  /^(?:connection|accept|accept-language|accept-encoding|sec-fetch-mode|user-agent|transfer-encoding|expect):/;

async function read(text: string | Uint8Array): Promise<Arrived> {
  const found = await readRequests(text);
  expect(found).toHaveLength(1);
  const message = found[0]?.message;
  if (!message) throw new Error('nothing was read');
  return {
    method: message.method,
    target: message.target,
    headers: message.headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`).toSorted(),
    body: Buffer.from(message.body as Uint8Array).toString(),
  };
}
const signed = (one: Arrived | undefined): Arrived | undefined =>
  one && { ...one, headers: one.headers.filter((line) => !ofTransport.test(line)) };
const send = (): string =>
  `await fetch('http://127.0.0.1:${port}${target}', { method: 'POST', headers: { 'content-type': 'application/json', authorization: 'application k:s' }, body: ${JSON.stringify(body)} });`;

describe('what docs/bring.md tells to run gives the request as it was sent:', () => {
  test("Node's fetch, with the file that is loaded first", async () => {
    write('log-fetch.mjs', block('log-fetch.mjs'));
    const { stderr } = await run(process.execPath, '--import', './log-fetch.mjs', write('app.mjs', send()));
    expect(signed(await read(stderr))).toEqual(signed(arrived[0]));
  });

  test('any program, with the listener that writes down what arrives', async () => {
    const own = block('record.mjs')
      .replace('8080', '0')
      .replace("'127.0.0.1')", "'127.0.0.1', function () { console.error(this.address().port); })");
    const listener = spawn(process.execPath, [write('record.mjs', own)]);
    try {
      const [at, recorded] = [await firstLine(listener), [] as Buffer[]];
      listener.stdout.on('data', (piece: Buffer) => recorded.push(piece));
      const sending = {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', authorization: 'application k:s' },
      };
      const answer = await fetch(`http://127.0.0.1:${at}${target}`, sending);
      expect(answer.status).toBe(204);
      // All that it wrote has come when it has ended.
      const ended = once(listener, 'close');
      listener.kill();
      await ended;
      const found = await read(Buffer.concat(recorded));
      expect(found).toMatchObject({ method: 'POST', target, body });
      expect(found.headers).toContain('authorization: application k:s');
    } finally {
      listener.kill();
    }
  });

  // Left out, and not skipped: their steps of CI set the variable.
  if (wantsLanguages) {
    test.skipIf(!isThere('python3', '--version'))('Python', async () => {
      const program = `${block('python')}
connection = http.client.HTTPConnection('127.0.0.1', ${port})
headers = {'Content-Type': 'application/json', 'Authorization': 'application k:s'}
connection.request('POST', ${JSON.stringify(target)}, body=${JSON.stringify(body)}.encode('utf-16', 'surrogatepass').decode('utf-16').encode(), headers=headers)
connection.getresponse().read()
`;
      const { stdout } = await run('python3', write('app.py', program));
      expect(await read(stdout)).toEqual(arrived[0]);
    });

    test.skipIf(!isThere('go', 'version'))('Go', { timeout: 600_000 }, async () => {
      const program = `package main

import (
	"net/http"
	"net/http/httputil"
	"os"
	"strings"
)

func main() {
	request, _ := http.NewRequest("POST", "http://127.0.0.1:${port}${target}", strings.NewReader(${JSON.stringify(body)}))
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "application k:s")
${block('go')}
	http.DefaultClient.Do(request)
}
`;
      const { stderr } = await run('go', 'run', write('main.go', program));
      expect(stderr).toBe('');
      expect(await read(readFileSync(join(folder, 'request.http')))).toEqual(arrived[0]);
    });

    test.skipIf(!isThere('java', '--version'))('Java, all but the body', { timeout: 180_000 }, async () => {
      write(
        'Main.java',
        `import java.net.URI;
import java.net.http.*;
public class Main {
  public static void main(String[] arguments) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:${port}${target}"))
        .header("Content-Type", "application/json").header("Authorization", "application k:s")
        .POST(HttpRequest.BodyPublishers.ofString(${JSON.stringify(body)})).build();
    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
`,
      );
      const [java = '', ...argv] = block('java').split(' 2>')[0]?.split(' ') ?? [];
      const { stderr } = await run(java, ...argv);
      expect(await read(stderr)).toEqual({ ...arrived[0], body: '' });
    });
  }

  if (wantsServices) {
    test.skipIf(!isThere('nginx', '-v'))('nginx, of what reached it', async () => {
      const log = join(folder, 'nginx.http');
      const own = await freePort();
      const server_ = block('nginx')
        .replace('127.0.0.1:8080', `127.0.0.1:${own}`)
        .replace('127.0.0.1:3000', `127.0.0.1:${port}`)
        .replace('access_log request.http', `access_log ${log}`);
      const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (name) => `${name}_temp_path ${folder}/${name};`,
      );
      const config = `daemon off; pid ${folder}/nginx.pid; error_log stderr;\nevents {}\nhttp { ${paths.join(' ')}\n${server_} }\n`;
      const nginx = spawn('nginx', ['-p', folder, '-e', 'stderr', '-c', write('nginx.conf', config)]);
      try {
        arrived = [];
        const headers = { 'content-type': 'application/json', authorization: 'application k:s', 'x-timestamp': 't' };
        await eventually(() => fetch(`http://127.0.0.1:${own}${target}`, { method: 'POST', body, headers }));
        const text = await eventually(() => {
          const written = readFileSync(log);
          return written.length > 0 ? written : Promise.reject(new Error('nothing was logged'));
        });
        const found = await read(text);
        expect(found).toMatchObject({ method: 'POST', target });
        expect(found.headers).toEqual(
          expect.arrayContaining(['authorization: application k:s', 'x-timestamp: t', `host: 127.0.0.1:${own}`]),
        );
        // nginx ends each entry in a line break; Content-Length tells that it is not the body's.
        expect(found.body).toBe(`${body}\n`);
      } finally {
        nginx.kill();
        await new Promise((resolve) => void nginx.on('close', resolve));
      }
    });
  }
});

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise(
    (resolve) => void child.stderr?.setEncoding('utf8').once('data', (text: string) => resolve(text.trim())),
  );
}

async function eventually<T>(attempt: () => T | Promise<T>): Promise<T> {
  for (let left = 500; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => void setTimeout(resolve, 100));
    }
  }
}
