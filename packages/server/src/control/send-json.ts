import { Readable } from 'node:stream';
import type { Redaction } from '@countersign/core/redaction';
import type { FastifyReply } from 'fastify';
import { ownTurns } from '../threads/own-turn.ts';
import { isOnePiece, jsonPieces, pieceBytes } from './json-pieces.ts';

/**
 * Answers with a value as JSON. A large one is written over several turns of the event loop, as fast as it is read. What
 * is no plain data (a stream, bytes, the reply itself) is left to Fastify.
 */
export function sendJson(reply: FastifyReply, value: unknown, redaction: Redaction): unknown {
  if (!isPlain(value) || isOnePiece(value)) return value;
  void reply.header('content-type', 'application/json; charset=utf-8');
  return reply.send(Readable.from(inTurns(jsonPieces(value, redaction)), { objectMode: false }));
}

/** Puts pieces together until they are worth sending, each time in a turn of their own. */
async function* inTurns(pieces: Iterable<string | number>): AsyncGenerator<string> {
  await ownTurns.of(pieceBytes);
  let text = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') text += piece;
    if (typeof piece === 'string' && text.length < pieceBytes) continue;
    if (text !== '') yield text;
    text = '';
    await ownTurns.of(typeof piece === 'number' ? piece : pieceBytes);
  }
  if (text !== '') yield text;
}

function isPlain(value: unknown): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(Object(value)) === Object.prototype;
}
