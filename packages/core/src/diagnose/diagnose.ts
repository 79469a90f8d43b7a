import '#digest/md5';
import '#digest/sha1';
import '#digest/sha512';
import { checkBody } from '../content-digest.ts';
import type { Message } from '../message.ts';
import { macOf } from '../places/mac-choice.ts';
import type { Scheme } from '../scheme.ts';
import type { DiagnoseOptions, Diagnosis, DiagnosisCredential } from './diagnosis.ts';
import { judge } from './judge.ts';
import { languageOf } from './reading/client.ts';
import { declaredScheme } from './reading/declared-signature.ts';
import { isReceived } from './reading/direction.ts';
import { readEvidence } from './reading/evidence.ts';
import { readPresigned } from './reading/presigned.ts';
import { atPublicUrl } from './reading/public-addresses.ts';
import { SearchBudget } from './reading/search-budget.ts';
import { redactor } from './report/redaction.ts';

export type {
  Certainty,
  Diagnosis,
  DiagnoseOptions,
  DiagnosisBudget,
  DiagnosisCredential,
  DiagnosisNote,
  FixLanguage,
  Fixes,
  MissingOption,
  Mistake,
  MistakeId,
  Place,
  Verdict,
  YourString,
} from './diagnosis.ts';

export { mistakeIds } from './diagnosis.ts';
export type { InputOption, OptionWords } from '../option-words.ts';

/**
 * Finds out why a signed request was rejected. Plausible mistakes are tried until one reproduces the received signature
 * exactly: an equal MAC under a hypothesis is a proof.
 *
 * Synchronous, bounded by `options.budget` (a million candidates by default), and divisible over workers with `options.shard`. Nothing in
 * the result holds a key, and the expected signature is cut to six characters unless `revealExpected` asks for it.
 *
 * @param credential the key that the signature should have been made with; its secret may be a text that the scheme
 * cannot decode, which is then part of what is diagnosed
 * @param message the request as it was received, byte for byte
 * @throws TypeError when its body is neither bytes nor a digest of `contentHasher`
 */
export function diagnose(
  scheme: Scheme,
  credential: DiagnosisCredential,
  message: Message,
  options: DiagnoseOptions = {},
): Diagnosis {
  checkBody(message.body);
  const startedMs = performance.now();
  const budget = new SearchBudget(startedMs, options.budget ?? {}, options.shard);
  // From here on the scheme signs as the key does.
  const presigned = readPresigned(scheme, message);
  const sent = presigned?.message ?? message;
  const declared = declaredScheme(presigned?.scheme ?? scheme, sent);
  const own: Scheme =
    credential.mac === undefined ? declared : { ...declared, mac: { ...declared.mac, ...macOf(declared, credential) } };
  const evidence = readEvidence(own, credential, atPublicUrl(own, sent, options), options, budget);
  const found = judge(evidence);
  const safe = redactor(credential, options);
  const result: Diagnosis = {
    scheme: scheme.id,
    ...found,
    tried: budget.tried,
    elapsedMs: Math.round(performance.now() - startedMs),
    // Of a request that the user receives, it is the provider's agent.
    ...(evidence.client && !isReceived(evidence) && { language: languageOf(evidence.client) }),
  };
  return safe(result);
}
