import { acsError } from '../protocol/errors.ts';

/** Which ringing leg of which call an `incomingCallContext` stands for. */
export interface IncomingLeg {
  readonly call: string;
  readonly leg: string;
}

const header = encode({ alg: 'none', typ: 'JWT' });

/** The text that announces an incoming call and that answer, redirect and reject take: an unsigned JWT, as in Azure. */
export function incomingCallContextOf(incoming: IncomingLeg): string {
  return `${header}.${encode({ cc: incoming.call, leg: incoming.leg })}.`;
}

/**
 * @throws AcsError 400/8523 when the text is none that this server gave
 */
export function readIncomingCallContext(context: string): IncomingLeg {
  const [, payload = ''] = context.split('.');
  try {
    const { cc, leg } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    if (typeof cc === 'string' && typeof leg === 'string') return { call: cc, leg };
  } catch {
    // Refused below.
  }
  throw acsError('invalid-argument', {
    message: 'The field IncomingCallContext is invalid',
    target: 'incomingCallContext',
    explanations: ['it is not the incomingCallContext of an IncomingCall event of this server'],
  });
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
