import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { FixLanguage } from '@countersign/core/diagnose';
import { freePort } from '../free-port.ts';

/** Languages whose generated receivers are run. */
export const receivingLanguages = ['javascript', 'python', 'php', 'ruby', 'go', 'bash', 'java'] as const;

/** A receiver that listens. */
export interface RunningReceiver {
  readonly port: number;
  errors(): string;
  stop(): void;
}

const execute = promisify(execFile);

const files: Readonly<Record<(typeof receivingLanguages)[number], string>> = {
  javascript: 'receive.mjs',
  python: 'receive.py',
  php: 'receive.php',
  ruby: 'config.ru',
  go: 'main.go',
  bash: 'receive.sh',
  java: 'Receive.java',
};

/** What serves a config.ru as a web server would, on a port. */
const rack = `
require 'rack'
require 'webrick'
app, = Rack::Builder.parse_file('config.ru')
server = WEBrick::HTTPServer.new(BindAddress: '127.0.0.1', Port: Integer(ENV.fetch('PORT')), Logger: WEBrick::Log.new(File::NULL), AccessLog: [])
server.mount('/', Rack::Handler::WEBrick, app)
server.start
`;

type Command = readonly [command: string, ...args: string[]];

const commands: Readonly<Record<string, (port: number, name: string) => Command>> = {
  javascript: () => [process.execPath, 'receive.mjs'],
  python: () => ['python3', 'receive.py'],
  php: (port) => ['php', '-S', `127.0.0.1:${port}`, 'receive.php'],
  ruby: () => ['ruby', '-e', rack],
  go: (_, name) => [`../bin/${name}`],
  java: () => ['java', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', '.', 'Receive'],
};

/** Writes receivers of a language, each into a folder of its own, compiles what has to be, and hands each one to what tries it. */
export async function tryReceivers(
  language: (typeof receivingLanguages)[number],
  programs: ReadonlyMap<string, string>,
  env: NodeJS.ProcessEnv,
  attempt: (name: string, receiver: RunningReceiver) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), `countersign-receiving-${language}-`));
  try {
    for (const [name, text] of programs) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, files[language]), text);
    }
    const compiled = { cwd: folder, maxBuffer: 1 << 24 };
    if (language === 'go') {
      await writeFile(join(folder, 'go.mod'), 'module receivers\n\ngo 1.19\n');
      await mkdir(join(folder, 'bin'));
      await execute('go', ['build', '-o', 'bin/', './...'], compiled);
    }
    if (language === 'java')
      for (const name of programs.keys()) await execute('javac', [`${name}/Receive.java`], compiled);
    for (const name of programs.keys()) {
      const started = { cwd: join(folder, name), env: { ...process.env, ...env } };
      const receiver = language === 'bash' ? await startCgi(started) : await startServer(language, name, started);
      try {
        await attempt(name, receiver);
      } finally {
        receiver.stop();
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Started {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

async function startServer(language: FixLanguage, name: string, started: Started): Promise<RunningReceiver> {
  const port = await freePort();
  const [command, ...args] = commands[language]?.(port, name) ?? [''];
  const env = { ...started.env, PORT: String(port) };
  const child: ChildProcess = spawn(command, args, { ...started, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const deadline = performance.now() + 50_000;
  while (!(await isOpen(port))) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(`${name}: ${errors}`);
    await pause(20);
  }
  return { port, errors: () => errors, stop: () => void child.kill('SIGKILL') };
}

/** A web server that runs a CGI script for each request (RFC 3875), and gives it the headers that a server may hold back. */
async function startCgi({ cwd, env }: Started): Promise<RunningReceiver> {
  let errors = '';
  const server = createHttpServer((request, response) => {
    void runCgi(request, { cwd, env }).then(({ stdout, stderr }) => {
      errors += stderr;
      response.writeHead(Number(/^Status: (\d+)/.exec(stdout)?.[1] ?? 500)).end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, errors: () => errors, stop: () => void server.close() };
}

async function runCgi(request: IncomingMessage, { cwd, env }: Started): Promise<{ stdout: string; stderr: string }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  // Apache and others join headers of one name.
  const headers = Object.entries(request.headersDistinct).map(([name, values = []]) => {
    const variable = name.toUpperCase().replaceAll('-', '_');
    return [name === 'content-type' ? variable : `HTTP_${variable}`, values.join(', ')];
  });
  const cgi = {
    ...Object.fromEntries(headers),
    REQUEST_METHOD: request.method ?? '',
    REQUEST_URI: request.url ?? '',
    ...(body.length > 0 && { CONTENT_LENGTH: String(body.length) }),
  };
  const child = spawn('bash', ['receive.sh'], { cwd, env: { ...env, ...cgi } });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.on('error', () => undefined).end(body);
  await once(child, 'close');
  return { stdout, stderr };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
}
