import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { compare } from './compare.js';

const command = fileURLToPath(new URL('../packages/cli/bin/countersign.js', import.meta.url));
const bareServer = fileURLToPath(new URL('./processes/bare-server.js', import.meta.url));

/** Runs Node until it prints its first line, then ends it. */
function untilFirstLine(argv) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'ignore'] });
    let isReady = false;
    child.stdout.once('data', () => {
      isReady = true;
      resolve();
      child.kill('SIGKILL');
    });
    child.once('exit', (code) => isReady || reject(new Error(`${argv.join(' ')} printed nothing: exit code ${code}`)));
  });
}

/** Runs Node to its end. */
function untilExit(argv) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, argv, { stdio: 'ignore' });
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${argv.join(' ')}: exit code ${code}`))));
  });
}

async function slowdown(ours, peer) {
  const { ratio, spread, oursNs, peerNs } = await compare(ours, peer, { rounds: 15, roundMs: 1 });
  const [low, high] = spread.map((speed) => (1 / speed).toFixed(2)).toReversed();
  const milliseconds = (nanoseconds) => `${Math.round(nanoseconds / 1e6)} ms`;
  return {
    ratio: 1 / ratio,
    detail: `${milliseconds(oursNs)} against ${milliseconds(peerNs)}, half of the rounds between ${low} and ${high}`,
  };
}

export const rows = [
  {
    what: 'start of countersign serve to ready',
    against: 'bare Fastify to ready',
    atMost: true,
    target: 3,
    measure: () =>
      slowdown(
        () => untilFirstLine([command, 'serve', '--port', '0', '--json']),
        () => untilFirstLine([bareServer]),
      ),
  },
  {
    what: 'countersign sign',
    against: 'bare node -e 0',
    atMost: true,
    target: 3,
    measure: () =>
      slowdown(
        () => untilExit([command, 'sign', 'http://localhost:7509/calling/v1/calls/id/1']),
        () => untilExit(['-e', '0']),
      ),
  },
];
