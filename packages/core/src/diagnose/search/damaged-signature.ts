import { prepareMac } from '#digest';
import { hashOf } from '../../digest/algorithms.ts';
import { speakerOf } from './candidates.ts';
import type { Evidence } from '../reading/evidence.ts';
import { joinLayout } from '../reading/layout.ts';
import type { LenientAuthorization } from '../reading/lenient-authorization.ts';
import type { RightKey } from '../reading/right-key.ts';
import { damageOf, type DamagedText } from '../text/damaged-text.ts';
import type { MistakeClass, Step } from './mistake-class.ts';

/** A signature that is nearly the right one. */
export interface DamagedSignature {
  readonly step: Step;
  /** The request, read so that what happened to the signature's text is no slip of its header as well. */
  readonly evidence: Evidence;
  /** Whether the text as it was sent shows the damage, and what was made of it does not. */
  readonly isUndone: boolean;
}

/** 36 bits: the chance that another text has them is one in 70 thousand million. */
const fewestRight = { base64: 6, hex: 9 } as const;
const exact: ReadonlySet<DamagedText['damage']['kind']> = new Set(['lower case', 'upper case', 'repeated', 'joined']);

/**
 * Compares the received signature with the right one. To anybody who does not hold the key this would be an oracle: each
 * answer would tell how much of a forged signature is right.
 */
export function damagedSignature(
  evidence: Evidence,
  classes: readonly MistakeClass[],
  key: RightKey,
): DamagedSignature | undefined {
  const { options, authorization, budget, layout } = evidence;
  const { algorithm, encoding } = evidence.scheme.mac;
  const data = joinLayout(layout);
  if (!options.callerHoldsKey || !authorization || !budget.spend(data.length)) return undefined;
  const mac = key.derive?.(key.bytes, hashOf(algorithm)) ?? prepareMac(algorithm, key.bytes);
  const right = mac.text(data, encoding);
  for (const yours of textsOf(authorization)) {
    const damaged = damageOf(yours, right, fewestRight[encoding === 'base64' ? 'base64' : 'hex']);
    const speaker =
      damaged && speakerOf({ kind: 'damaged signature', damaged, length: right.length }, evidence, classes);
    if (!speaker) continue;
    const isUndone = yours !== authorization.fields.signature;
    const step: Step = {
      ...speaker,
      part: 'signature',
      yours,
      expected: options.revealExpected ? right : `${right.slice(0, 6)}…`,
      offset: damaged.offset,
      ...(!exact.has(damaged.damage.kind) && { certainty: 'likely' }),
    };
    return { step, evidence: isUndone ? withoutSignatureSlips(evidence, authorization) : evidence, isUndone };
  }
  return undefined;
}

/** The signature as it was read and as it was sent, the likelier first: reading it undoes white space, and dots at its end. */
function textsOf({ fields, sentSignature }: LenientAuthorization): readonly string[] {
  const texts = [...new Set([fields.signature, sentSignature])];
  return /[\s.…*•#·█?[<(]/.test(sentSignature) ? texts.toReversed() : texts;
}

function withoutSignatureSlips(evidence: Evidence, authorization: LenientAuthorization): Evidence {
  const slips = authorization.slips.filter((slip) => !authorization.signatureSlips.includes(slip));
  return { ...evidence, authorization: { ...authorization, slips } };
}
