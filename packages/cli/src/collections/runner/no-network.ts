/**
 * Why: scripts of a collection run here, and nothing that they do may reach another machine, or this one. Loaded with
 * `--require`, so that threads that are started have it, too. Node's permission model keeps files, programs and its own
 * bindings away; it does not know of networks before Node 25.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import http2 from 'node:http2';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';
import threads from 'node:worker_threads';

function refuse(): never {
  throw Object.assign(new Error('no connection leaves a collection that is run'), { code: 'ERR_ACCESS_DENIED' });
}

/** Replaces functions, by name, of whatever has them. */
function close(owner: object, names: readonly string[]): void {
  for (const name of names) {
    if (!(name in owner)) continue;
    Object.defineProperty(owner, name, { value: refuse, writable: false, configurable: false });
  }
}

function functionsOf(owner: object): string[] {
  return Object.entries(owner)
    .filter(([, value]) => typeof value === 'function')
    .map(([name]) => name);
}

// Whatever connects by TCP, or by a socket in the file system, comes through here in the end.
close(net.Socket.prototype, ['connect']);
close(net.Server.prototype, ['listen']);
close(net, ['connect', 'createConnection', 'createServer']);
close(tls, ['connect', 'createServer']);
close(http2, ['connect', 'createServer', 'createSecureServer']);
close(dgram.Socket.prototype, ['bind', 'connect', 'send']);
close(dgram, ['createSocket']);
close(dns, functionsOf(dns));
close(dns.promises, functionsOf(dns.promises));
close(process, ['binding', '_linkedBinding', 'dlopen', 'kill', '_kill', '_debugProcess']);
// The kind of handle that this process has of its own could lead to a socket in the file system.
const { _handle: pipe } = process.stderr as { readonly _handle?: object };
if (pipe) close(Object.getPrototypeOf(pipe) as object, ['connect', 'bind', 'listen']);
// It opens files by itself, past the permissions.
const sqlite = process.getBuiltinModule('node:sqlite') as object | undefined;
if (sqlite) close(sqlite, ['DatabaseSync', 'StatementSync', 'backup']);
for (const name of ['fetch', 'WebSocket', 'EventSource']) {
  if (name in globalThis) Object.defineProperty(globalThis, name, { value: refuse, configurable: false });
}
// A thread gets this module by the process's arguments, which it may not give up.
const { Worker } = threads;
const ClosedWorker = new Proxy(Worker, {
  construct: (_, [file, options]: [URL, object?]) => {
    const inherited = { ...options, execArgv: undefined } as unknown as threads.WorkerOptions;
    return new Worker(file, inherited);
  },
});
Worker.prototype.constructor = ClosedWorker;
Object.defineProperty(threads, 'Worker', { value: ClosedWorker, configurable: false });
syncBuiltinESMExports();
