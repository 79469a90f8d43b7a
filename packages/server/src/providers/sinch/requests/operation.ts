import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SinchAccount } from '../accounts/account.ts';
import type { Switchboard } from '../../../contract/switchboard.ts';
import type { CallClock } from '../../../contract/clock.ts';
import type { Applications } from '../accounts/applications.ts';
import type { Conferences } from '../conferences/conferences.ts';
import type { FaultLookup } from './faults.ts';
import type { SinchSettings } from '../accounts/options.ts';

/** What operations work with. */
export interface OperationParts {
  readonly switchboard: Switchboard;
  readonly clock: CallClock;
  readonly newId: () => string;
  readonly applications: Applications;
  readonly conferences: Conferences;
  readonly settings: SinchSettings;
  readonly fault: FaultLookup;
}

/** A request whose sender is known. */
export interface OperationRequest {
  readonly account: SinchAccount;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly headers: FastifyRequest['message']['headers'];
  /** Notes in the exchange which call the request is about. */
  readonly about: (callId: string) => void;
}

/** What an operation answers. */
export interface OperationReply {
  readonly status: 200 | 204;
  /** Sent as JSON; absent for an empty answer. */
  readonly body?: unknown;
}

/** One operation of the Voice API: where it is served, and what it does. Errors are thrown as `SinchError`. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** The path in Fastify's notation. */
  readonly path: string;
  readonly run: (request: OperationRequest, parts: OperationParts) => OperationReply;
}

/** Sends what an operation answers. */
export function sendReply(reply: FastifyReply, { status, body }: OperationReply): FastifyReply {
  if (body === undefined) return reply.code(status).send();
  return reply.code(status).header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(body));
}
