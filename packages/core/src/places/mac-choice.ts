import type { MacRule } from '../digest/algorithms.ts';
import { writers, type ChoosingScheme } from './writers.ts';

/**
 * What a key signs with: the scheme's own, or the one of its choices that the account set. No request chooses.
 *
 * @throws TypeError when the scheme has choices and the key's `mac` is none of them
 */
export function macOf({ id, mac }: ChoosingScheme, { mac: chosen }: { readonly mac?: string }): MacRule {
  if (chosen === undefined || !mac.choices) return mac;
  if (Object.hasOwn(mac.choices, chosen)) return mac.choices[chosen] as MacRule;
  throw new TypeError(`mac must be one of the choices of ${id}: ${Object.keys(mac.choices).join(', ')}`);
}

writers.mac = macOf;
