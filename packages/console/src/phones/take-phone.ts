import type { ServerState } from '@countersign/server/control/views/state-view';
import { controlUrl, tellControl } from '../live/control-api.ts';
import { serverState } from '../live/live-state.ts';
import { heldPhones, setHeld } from './held-phones.ts';

type Script = ServerState['phones'][number]['script'];

/** What a phone did before somebody took it, where that was told to the server and is not its nature. */
const before = new Map<string, Script>();

/** Takes a phone in hand: from its next call on it rings until somebody answers it here. @throws ControlApiError */
export async function takePhone(number: string): Promise<void> {
  const script = scriptOfItsOwn(number, serverState.value);
  if (script) before.set(number, script);
  await answerByHand(number);
  setHeld(number, true);
}

/** Lays a phone down: it does again what it did before. @throws ControlApiError */
export async function layPhoneDown(number: string): Promise<void> {
  setHeld(number, false);
  const script = before.get(number);
  before.delete(number);
  await (script
    ? tellControl('PUT', controlUrl('phones', number), script)
    : tellControl('DELETE', controlUrl('phones', number)));
}

/** Tells a server that has forgotten (it was reset, or is another one) which phones are answered by hand. */
export async function retakePhones(): Promise<void> {
  await Promise.all(heldPhones.value.map((number) => answerByHand(number)));
}

function answerByHand(number: string): Promise<unknown> {
  return tellControl('PUT', controlUrl('phones', number), { pickUp: 'manual' });
}

function scriptOfItsOwn(number: string, state: ServerState | undefined): Script | undefined {
  const script = state?.phones.find((phone) => phone.number === number)?.script;
  const nature = state?.testNumbers.find((row) => row.number === number)?.script ?? { pickUp: 'answer' };
  return script && script.pickUp !== 'manual' && JSON.stringify(script) !== JSON.stringify(nature) ? script : undefined;
}
