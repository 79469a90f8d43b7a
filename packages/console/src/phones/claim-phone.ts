import { controlUrl, tellControl } from '../live/control-api.ts';
import { serverState } from '../live/live-state.ts';
import { ownScript, type Script } from '../scripts/script.ts';
import { claimedPhones, setClaimed } from './claimed-phones.ts';

/** The script that a phone had before it was claimed, where it had one that is not its test number's. */
const before = new Map<string, Script>();

/** Claims a phone: from its next call on it rings until somebody answers it here. @throws ControlApiError */
export async function claimPhone(number: string): Promise<void> {
  const script = ownScript(number, serverState.value);
  if (script && script.pickUp !== 'manual') before.set(number, script);
  await answerByHand(number);
  setClaimed(number, true);
}

/** Releases a phone: it does again what it did before. @throws ControlApiError */
export async function releasePhone(number: string): Promise<void> {
  setClaimed(number, false);
  const script = before.get(number);
  before.delete(number);
  await (script
    ? tellControl('PUT', controlUrl('phones', number), script)
    : tellControl('DELETE', controlUrl('phones', number)));
}

/** Tells a server that has forgotten (it was reset, or is another one) which phones are answered by hand. */
export async function reclaimPhones(): Promise<void> {
  await Promise.all(claimedPhones.value.map((number) => answerByHand(number)));
}

function answerByHand(number: string): Promise<unknown> {
  return tellControl('PUT', controlUrl('phones', number), { pickUp: 'manual' });
}
