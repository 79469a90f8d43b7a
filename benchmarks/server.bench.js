import { createCall, createdCall, eventsTaken, hangUp, play } from './exchanges.js';
import { quantile } from './quantile.js';
import { startProcess } from './start-process.js';

const calls = 1000;
const rounds = 7;
const connections = 32;
/** As many as the server has under way to one URL at most; on the virtual clock it is at one call at a time. */
const postsAtATime = 16;

let measured;

/** Everything is measured in the same rounds; the rows are what is read off. */
function measure() {
  measured ??= measureRounds();
  return measured;
}

async function measureRounds() {
  const [server, bare, receiver, requester, poster] = [
    'countersign',
    'bare-fastify',
    'receiver',
    'requester',
    'bare-delivery',
  ].map((name) => startProcess(name));
  try {
    // On the virtual clock it is known when which callbacks are due, and a prompt takes no time.
    const { port } = await server.ask('start', { clock: 'virtual' });
    const url = `http://127.0.0.1:${(await receiver.ask('start')).port}/events`;
    const send = (to, requests, status) => requester.ask('send', { port: to, requests, connections, status });
    const processorMs = async (process) => (await process.ask('processorTime')) / 1000;
    const creates = Array.from({ length: calls }, () => createCall(url));
    let barePort;
    const found = [];
    // The first rounds run uncompiled.
    for (let round = -2; round < rounds; round++) {
      await receiver.ask('expect', {});
      const before = await processorMs(server);
      const created = await send(port, creates, 201);
      const createMs = (await processorMs(server)) - before;
      const ids = created.bodies.map(createdCall);
      barePort ??= (await bare.ask('start', { created: created.bodies[0] })).port;

      // Everybody answers: CallConnected and ParticipantsUpdated.
      const advancedAtMs = Date.now();
      const advanced = server.ask('advance', 1500);
      const eventsMs = (await eventsTaken(receiver, 2 * calls)) - advancedAtMs;
      await advanced;
      const bodies = await receiver.ask('bodies');
      const postsMs = await poster.ask('post', { url, bodies, atATime: postsAtATime });

      const plays = ids.map((id) => play(id, 'Your order is ready and can be collected today.'));
      const played = await send(port, plays, 202);
      const playedAtMs = Date.now();
      await server.ask('advance', 60_000);
      await eventsTaken(receiver, 5 * calls);
      const drainMs = Date.now() - playedAtMs;

      const bareBefore = await processorMs(bare);
      const bareCreated = await send(barePort, creates, 201);
      const bareCreateMs = (await processorMs(bare)) - bareBefore;
      const barePlayed = await send(barePort, plays, 202);
      await send(port, ids.map(hangUp), 204);
      await server.ask('advance', 1000);
      await eventsTaken(receiver, 6 * calls);
      if (round < 0) continue;
      found.push({
        requestsMs: created.elapsedMs + played.elapsedMs,
        bareRequestsMs: bareCreated.elapsedMs + barePlayed.elapsedMs,
        createMs,
        bareCreateMs,
        drainMs,
        eventsMs,
        postsMs,
        events: bodies.length,
      });
    }
    return found;
  } finally {
    await Promise.all([server, bare, receiver, requester, poster].map((process) => process.stop()));
  }
}

function comparison(found, ratioOf, detail) {
  const ratios = found.map(ratioOf);
  const [low, high] = [0.25, 0.75].map((share) => quantile(ratios, share).toFixed(2));
  return { ratio: quantile(ratios, 0.5), detail: `${detail}, half of the rounds between ${low} and ${high}` };
}

const median = (found, of) =>
  Math.round(
    quantile(
      found.map((round) => of(round)),
      0.5,
    ),
  );

export const rows = [
  {
    what: 'server, signed CreateCall and Play accepted, requests per second',
    against: 'bare Fastify',
    target: 0.35,
    async measure() {
      const found = await measure();
      const ours = median(found, ({ requestsMs }) => (2 * calls) / (requestsMs / 1000));
      const peer = median(found, ({ bareRequestsMs }) => (2 * calls) / (bareRequestsMs / 1000));
      const processor = median(found, ({ createMs }) => (createMs / calls) * 1000);
      const bareProcessor = median(found, ({ bareCreateMs }) => (bareCreateMs / calls) * 1000);
      const drain = median(found, ({ drainMs }) => drainMs);
      return comparison(
        found,
        ({ requestsMs, bareRequestsMs }) => bareRequestsMs / requestsMs,
        `${ours} against ${peer} a second (processor time of a CreateCall ${processor} against ${bareProcessor} µs; ` +
          `callbacks of ${calls} prompts drained to the last ${drain} ms later)`,
      );
    },
  },
  {
    what: 'server, events delivered per second',
    against: 'bare jose (RS256) and fetch',
    target: 0.7,
    async measure() {
      const found = await measure();
      const ours = median(found, ({ events, eventsMs }) => events / (eventsMs / 1000));
      const peer = median(found, ({ events, postsMs }) => events / (postsMs / 1000));
      return comparison(found, ({ eventsMs, postsMs }) => postsMs / eventsMs, `${ours} against ${peer} a second`);
    },
  },
];
