import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { BodyInMemory } from '../body/held-body.ts';
import { forwardUpgrade, upgradeProblem } from '../wire/upgrade.ts';
import { ambiguous, findRoute } from './find-route.ts';
import { entryOf, type Handling, type Passage } from './handling.ts';
import { judge, type Refused } from './judge.ts';
import { addedHeaders, notePassing, noteRepeat, settle } from './pass.ts';
import { idAnswer, noteRefusal } from './refuse.ts';
import { pathOf } from './route.ts';

/** Verifies a handshake for WebSocket, and joins the two sides or refuses it. */
export async function handleUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  handling: Handling,
): Promise<void> {
  const { metrics, log, newId, sockets, limits } = handling;
  const id = newId();
  socket.on('error', () => socket.destroy());
  // A WebSocket may be silent for as long as its two sides like.
  request.socket.setTimeout(0);
  const refuse = (passage: Passage, refused: Refused): void => {
    const status = noteRefusal(passage, refused, new Uint8Array(0), handling);
    socket.end(idAnswer(status, 'Refused', id));
  };
  try {
    const problem = upgradeProblem(request);
    const found = problem === undefined ? findRoute(request, handling.routes) : ambiguous(problem);
    if ('code' in found) return refuse({ id, request, route: undefined }, found);
    const passage = { id, request, route: found };
    const judgement = await judge(found, request, new BodyInMemory(new Uint8Array(0)));
    noteRepeat(found, judgement, handling);
    if (!judgement.ok && !found.observe) return refuse(passage, judgement);
    sockets.add(socket);
    metrics.webSockets.inc();
    socket.once('close', () => {
      sockets.delete(socket);
      metrics.webSockets.dec();
    });
    notePassing(passage, judgement, handling);
    const status = await forwardUpgrade(request, socket, head, {
      upstream: found.upstream,
      addedHeaders: addedHeaders(passage, judgement),
      timeoutMs: limits.upstreamSeconds * 1000,
      beforeAnswer: async (answered) => settle(judgement, answered < 500, undefined),
    });
    log(entryOf(passage, { level: 'info', event: 'accepted', status }));
  } catch (error) {
    log({ level: 'error', event: 'fault', id, path: pathOf(request.url ?? ''), reason: (error as Error).message });
    socket.destroy();
  }
}
