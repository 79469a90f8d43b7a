// Other people's calls: each waits a second for keys that nobody presses, is told so by an event, and waits again. How late
// each event comes is what is measured.
import { createServer } from 'node:http';
import { answerParent } from './parent.js';
import { exchangeBytes, requestBytes } from './signed-bytes.js';

const version = 'api-version=2024-04-15';
const silenceMs = 1000;
const number = '+12065550110';
const json = [['Content-Type', 'application/json']];

let port;
/** When each call's next event is due; on this process's monotonic clock. */
const due = new Map();
let connected = 0;
let latest = [];
let events = 0;
let stopped = false;

const receiver = createServer((request, response) => {
  const atMs = performance.now();
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    response.writeHead(204).end();
    for (const { type, data } of JSON.parse(Buffer.concat(chunks))) take(type, data.callConnectionId, atMs);
  });
});

function take(type, id, atMs) {
  if (type.endsWith('.CallConnected')) connected++;
  if (!type.endsWith('.RecognizeFailed') || stopped) return;
  events++;
  latest.push(atMs - due.get(id));
  due.delete(id);
  void wait(id);
}

async function wait(id) {
  const body = JSON.stringify({
    recognizeInputType: 'dtmf',
    recognizeOptions: {
      initialSilenceTimeoutInSeconds: silenceMs / 1000,
      targetParticipant: { kind: 'phoneNumber', phoneNumber: { value: number } },
    },
  });
  const path = `/calling/callConnections/${id}:recognize?${version}`;
  const { status, body: answer } = await exchangeBytes(
    port,
    requestBytes(port, { path, headers: json, body, sign: 'acs' }),
  );
  if (status !== 202) throw new Error(`a steady call was answered with ${status}: ${answer.slice(0, 300)}`);
  due.set(id, performance.now() + silenceMs);
}

answerParent({
  /** Opens the calls and starts their waiting, spread evenly over a second. */
  async start(options) {
    ({ port } = options);
    await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const create = JSON.stringify({
      targets: [{ kind: 'phoneNumber', phoneNumber: { value: number } }],
      sourceCallerIdNumber: { value: '+12065550100' },
      callbackUri: `http://127.0.0.1:${receiver.address().port}/events`,
    });
    const ids = [];
    for (let call = 0; call < options.calls; call++) {
      const request = { path: `/calling/callConnections?${version}`, headers: json, body: create, sign: 'acs' };
      ids.push(JSON.parse((await exchangeBytes(port, requestBytes(port, request))).body).callConnectionId);
    }
    while (connected < options.calls) await new Promise((resolve) => setTimeout(resolve, 20));
    for (const [place, id] of ids.entries()) setTimeout(() => void wait(id), (place * silenceMs) / options.calls);
  },
  /** How late the latest event was since it was asked last, in milliseconds; one that has not come counts as late as it is. */
  lateness() {
    const nowMs = performance.now();
    const overdue = [...due.values()].map((atMs) => nowMs - atMs).filter((ms) => ms > 0);
    const result = { latestMs: Math.max(0, ...latest, ...overdue), events, overdue: overdue.length };
    latest = [];
    events = 0;
    return result;
  },
  stop() {
    stopped = true;
  },
});
