import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { closedArguments } from '../../src/collections/closed-process.ts';

// The second fence, for a script that gets out of Postman's sandbox: what a process may do that is started with these arguments.

const tries: Readonly<Record<string, string>> = {
  'connect by TCP': "require('net').connect(9, '127.0.0.1')",
  'connect by a socket made by hand': "new (require('net').Socket)().connect(9, '127.0.0.1')",
  'connect by a socket in the file system': "require('net').connect('/var/run/docker.sock')",
  'connect by TLS': "require('tls').connect(9, '127.0.0.1')",
  'send by http': "require('http').get('http://127.0.0.1:9/')",
  'send by https': "require('https').get('https://127.0.0.1:9/')",
  'send by HTTP/2': "require('http2').connect('http://127.0.0.1:9')",
  'send by fetch': "fetch('http://127.0.0.1:9/')",
  'send by UDP': "require('dgram').createSocket('udp4')",
  'resolve a name': "require('dns').lookup('x.example', () => {})",
  'resolve a name by a promise': "require('dns').promises.resolve('x.example')",
  'resolve a name by a resolver': "new (require('dns').Resolver)().resolve('x.example', () => {})",
  'resolve a name by the other module': "require('dns/promises').lookup('x.example')",
  listen: "require('http').createServer().listen(0)",
  'take a binding': "process.binding('tcp_wrap')",
  'load a library': "process.dlopen({ exports: {} }, '/x.node')",
  'signal a process': 'process.kill(process.ppid, 0)',
  'open the inspector': "require('inspector').open(0)",
  'connect by a handle of its own': "process.stderr._handle.connect({}, '/var/run/docker.sock')",
  'write a report': "process.report.writeReport('/tmp/countersign-closed.json')",
  'open a database':
    "new (process.getBuiltinModule('node:sqlite') ?? { DatabaseSync: function () { require('net').connect(9); } }).DatabaseSync('/tmp/x.db')",
  'start a program':
    "require('child_process').spawnSync('true').error && (() => { throw require('child_process').spawnSync('true').error; })()",
  'read a file': "require('fs').readFileSync('/etc/hostname')",
  'write a file': "require('fs').writeFileSync('/tmp/countersign-closed', '')",
  'connect from a thread without arguments': "thread(\"require('net').connect(9, '127.0.0.1')\", { execArgv: [] })",
  'connect from a thread by its constructor':
    "thread(\"require('net').connect(9, '127.0.0.1')\", { execArgv: [] }, Worker.prototype.constructor)",
  'connect from a thread': "thread(\"require('net').connect(9, '127.0.0.1')\")",
};

const program = `
const { Worker } = require('worker_threads');
const outcome = async (attempt) => {
  try { await attempt(); return 'done'; } catch (error) { return error.code ?? error.message; }
};
const thread = (code, options, Thread = Worker) => new Promise((resolve, reject) =>
  new Thread(code, { ...options, eval: true }).on('error', reject).on('exit', resolve));
(async () => {
  const all = {};
  for (const [name, code] of Object.entries(${JSON.stringify(tries)})) {
    all[name] = await outcome(() => eval(code));
  }
  require('fs').writeSync(1, JSON.stringify({ all, environment: Object.keys(process.env) }));
  process.exit(0);
})();`;

test('a closed process opens no connection, starts nothing and reads no file but its program', () => {
  const { stdout, stderr } = spawnSync(process.execPath, [...closedArguments('/nowhere', 64), '--eval', program], {
    env: {},
    encoding: 'utf8',
    timeout: 50_000,
  });
  expect(stderr).toBe('');
  const { all, environment } = JSON.parse(stdout) as { all: Record<string, string>; environment: string[] };
  expect(all).toEqual(Object.fromEntries(Object.keys(tries).map((name) => [name, 'ERR_ACCESS_DENIED'])));
  expect(environment).toEqual([]);
});
