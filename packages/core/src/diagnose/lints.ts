import { classOf, type Step } from './candidates.ts';
import type { MistakeId } from './diagnosis.ts';
import type { Evidence } from './evidence.ts';
import type { MistakeClass } from './mistake-class.ts';

/** What the request shows without a secret. */
export interface Lints {
  /** What alone is enough for a refusal. */
  readonly blocking: readonly Step[];
  /** What is worth a note. */
  readonly beside: readonly Step[];
}

const besideIds: ReadonlySet<MistakeId> = new Set(['date/clock-skew']);

/** Judged by the content-hash search, which finds the body that belongs to the hash. */
const searchedIds: ReadonlySet<MistakeId> = new Set(['content-hash/mismatch']);

/** Runs the lints of every class that can hit the scheme. */
export function lint(evidence: Evidence, classes: readonly MistakeClass[]): Lints {
  const blocking: Step[] = [];
  const beside: Step[] = [];
  for (const mistake of classes) {
    if (searchedIds.has(mistake.id)) continue;
    const finding = mistake.lint?.(evidence);
    if (finding) (besideIds.has(mistake.id) ? beside : blocking).push({ mistake, ...finding });
  }
  const keyId = namedOtherKey(evidence, classes);
  return { blocking: keyId ? [...blocking, keyId] : blocking, beside };
}

/** The request names another key than the one it is judged by. */
function namedOtherKey(evidence: Evidence, classes: readonly MistakeClass[]): Step | undefined {
  const named = evidence.authorization?.fields.keyId;
  const own = evidence.credential.keyId;
  const mistake = classOf('key/other', classes);
  if (!mistake || named === undefined || own === undefined || named === own) return undefined;
  if (!evidence.scheme.authorization.template.includes('{keyId}')) return undefined;
  return {
    mistake,
    detail: `the request names the key "${named}", and the secret given belongs to "${own}"`,
    part: 'authorization',
    yours: named,
    expected: own,
  };
}
