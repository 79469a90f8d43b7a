import type { PhoneResult } from '../../phones/phone-book.ts';
import { ControlError } from '../control-error.ts';

/** Why something cannot be done with a phone, as an answer. */
export function phoneRefusal({ refused, summary }: Extract<PhoneResult, { ok: false }>): ControlError {
  const status = { 'bad-tones': 400, 'leg-not-found': 404 }[refused as string] ?? 409;
  return new ControlError(status, `phone/${refused}`, summary);
}
