import type { FastifyReply } from 'fastify';
import type { CallClock } from '../../../contract/clock.ts';
import type { Switchboard } from '../../../contract/switchboard.ts';
import { type Answer, type Asked, type Operation, type OperationDefinition, operationOf } from '../../kit/operation.ts';
import type { SinchAccount } from '../accounts/account.ts';
import type { Applications } from '../accounts/applications.ts';
import type { SinchSettings } from '../accounts/options.ts';
import type { Conferences } from '../conferences/conferences.ts';
import type { FaultLookup } from './faults.ts';

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
export type SinchAsked = Asked<SinchAccount>;

/** The same, decoded. */
export type OperationRequest<Body = unknown> = SinchAsked & { readonly body: Body };

/** One operation of the Voice API. Throws SinchError. */
export type SinchOperation = Operation<SinchAsked, OperationParts, Answer>;

/** Defines an operation; `handle` gets the body as its decoder reads it. */
export function defineOperation<Body>(
  definition: OperationDefinition<Body, SinchAsked, OperationParts, Answer>,
): SinchOperation {
  return operationOf(definition);
}

/** Sends what an operation answers. */
export function sendReply(reply: FastifyReply, { status, body }: Answer): FastifyReply {
  if (body === undefined) return reply.code(status).send();
  return reply.code(status).header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(body));
}
