// The application that callbacks are posted to. It keeps the bodies as they come and looks into them when asked.
import { createServer } from 'node:http';
import { answerParent } from './parent.js';

let bodies = [];
let arrivals = 0;
let lastAtMs = 0;
let refuseEvery = Number.POSITIVE_INFINITY;
/** The bodies of events that were refused: they are taken when they come again. */
let refusedOnce = new Set();

const receiver = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    arrivals++;
    lastAtMs = Date.now();
    // A refused event comes again; only those that were taken count.
    const refused = arrivals % refuseEvery === 0 && isNew(Buffer.concat(chunks).toString());
    if (!refused) bodies.push(Buffer.concat(chunks));
    response.writeHead(refused ? 503 : 204).end();
  });
});

function isNew(body) {
  const before = refusedOnce.size;
  return refusedOnce.add(body).size > before;
}

answerParent({
  async start() {
    await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    return { port: receiver.address().port };
  },
  /** Forgets what came, and from now on answers every so many-th request with 503, unless it did so to the same event before. */
  expect(options) {
    bodies = [];
    arrivals = 0;
    refusedOnce = new Set();
    refuseEvery = options.refuseEvery ?? Number.POSITIVE_INFINITY;
  },
  count: () => ({ taken: bodies.length, lastAtMs }),
  bodies: () => bodies.map(String),
  /** How often each sequence of events came about, over all calls; and events that were taken twice. */
  sequences() {
    const calls = new Map();
    const ids = new Set();
    for (const event of bodies.flatMap((body) => JSON.parse(body))) {
      ids.add(event.id);
      const name = event.type.replace('Microsoft.Communication.', '');
      calls.set(event.subject, [...(calls.get(event.subject) ?? []), name]);
    }
    const sequences = {};
    for (const names of calls.values()) sequences[names.join(' ')] = (sequences[names.join(' ')] ?? 0) + 1;
    return { sequences, twice: bodies.length - ids.size };
  },
});
