import { readClaims } from '@countersign/core/claims';
import { diagnose, type DiagnoseOptions } from '@countersign/core/diagnose';
import type { Refusal } from '@countersign/core/errors';
import { headerValue, type Message } from '@countersign/core/message';
import { writeCurlCommand } from '@countersign/core/requests/curl-writer';
import { clockNote, refuseUnsent, unsignedNote } from '@countersign/core/requests/judgeable';
import type { FoundRequest } from '@countersign/core/requests/found-request';
import type { RequestNote } from '@countersign/core/requests/request-note';
import type { Scheme } from '@countersign/core/scheme';
import { schemes } from '@countersign/core/schemes/catalog';
import { sign } from '@countersign/core/sign';
import { signedMessage } from '@countersign/core/signed-message';
import { unfilledNote, unfilledPlaceholders } from '@countersign/core/unfilled-placeholders';
import { verify } from '@countersign/core/verify';
import { shownParts } from '../anatomy/shown-parts.ts';
import type { ShownPart } from '../anatomy/shown-part.ts';
import { atPublicUrl, publicAddresses, type Asked } from './asked.ts';
import { asChosen, credentialOf, diagnosisCredential, keyNotes, type KeyUse } from './given-keys.ts';
import { originOf } from './origin.ts';
import { pageWords } from './page-words.ts';
import { openVariables } from './reading.ts';
import type { Task, TaskOutcome } from './work.ts';
import { receivingPrograms, signingPrograms } from './written-programs.ts';

/** The headers in which schemes with a shared secret put signatures. */
export const signatureHeaders = new Set(schemes.map(({ authorization }) => authorization.header));

/** What comes of a task whose scheme has a shared secret. @throws Error in a sentence for people */
export const outcomes: Readonly<Record<'sign' | 'verify' | 'diagnose', (asked: Asked) => TaskOutcome>> = {
  sign({ task: { mac }, request: { message }, scheme, clock: { now }, keyId, keys }) {
    const given = keys();
    const [key] = given;
    const signature = sign(scheme, credentialOf(scheme, key, { keyId, mac }), message, now ? { date: now } : {});
    const trace = signature.trace();
    const { host } = key;
    const sentTo = headerValue(message.headers, 'host');
    const warnings = [
      ...(key.isDevelopment ? keyNotes(given) : []),
      ...unfilledPlaceholders(scheme, message, trace).map(unfilledNote),
      ...(host !== undefined && sentTo !== undefined && host.toLowerCase() !== sentTo.toLowerCase()
        ? [`The key belongs to ${host}, and the request goes to ${sentTo}.`]
        : []),
    ];
    const curl = writeCurlCommand({ origin: originOf(message), message: signedMessage(message, signature) });
    return {
      kind: 'signed',
      headers: signature.headers,
      warnings,
      parts: shownParts(trace),
      programs: signingPrograms(asChosen(scheme, { mac }), message),
      ...(curl !== undefined && { curl }),
    };
  },

  verify({ task, request, scheme, clock, keyId, keys }) {
    const message = atPublicUrl(request.message, task);
    const given = keys();
    const read = readClaims(scheme, message);
    // A request that names no key is refused for that, before a key id is asked for.
    const chosen = asChosen(scheme, task);
    if (!read.ok) return refused(chosen, read, []);
    const verification = verify(scheme, credentials(scheme, given, { keyId, mac: task.mac }), message, clock);
    const parts = shownParts(verification.trace());
    if (!verification.ok) return refused(chosen, verification, parts);
    const { coveredHeaders, signedAt, replayKey, credential } = verification;
    const notes = [
      ...verification.notes.map(({ summary }) => summary),
      ...keyNotes(given),
      ...(given.length > 1 ? [`It was made with the key in the field “${credential.name ?? ''}”.`] : []),
      `Headers that the signature covers: ${coveredHeaders.join(', ') || 'none'}.${signedAt ? ` Signed at ${signedAt.toISOString()}.` : ''}`,
      `Replay key, the same for every repeat: ${replayKey}`,
    ];
    const programs = receivingPrograms(chosen);
    return { kind: 'verified', ok: true, sentence: 'The signature is right, and fresh.', notes, parts, programs };
  },

  diagnose({ task, request, scheme, clock, keyId, keys, variables }) {
    const [first, ...others] = keys();
    const use = { keyId, mac: task.mac };
    refuseUnsent(request, signatureHeaders, pageWords);
    const { message, receivedAt, exactBody, shownBody } = request;
    const isOfAnswer = clock.now === undefined && receivedAt !== undefined;
    const found = diagnose(scheme, diagnosisCredential(scheme, first, use), message, {
      otherSchemes: schemes.filter((other) => other !== scheme),
      alsoSecrets: others.map((key) => diagnosisCredential(scheme, key, use)),
      variables,
      ...publicAddresses(task),
      // Both concern whoever does not hold the key, and this page was given it.
      callerHoldsKey: true,
      revealExpected: true,
      optionWords: pageWords,
      ...(isOfAnswer ? { now: receivedAt.time } : clock),
      ...(exactBody && { exactBody }),
      ...(shownBody && { shownBody }),
      ...ownOf(task),
    });
    const unsigned = found.verdict === 'malformed' ? unsignedNote(request, signatureHeaders) : undefined;
    const notes = [
      ...(isOfAnswer ? [clockNote(receivedAt, pageWords)] : []),
      ...(unsigned ? [unsigned] : []),
      ...(found.verdict === 'valid' ? [] : openNotes(request)),
      ...found.notes,
      ...keyNotes([first]).map((summary) => ({ id: 'key/connection-string', summary })),
    ];
    // Of a body that only diagnosis restored, the string would be another one than the one that was judged.
    const isEdited = found.notes.some(({ id }) => id === 'input/edited');
    const parts = isEdited ? [] : expectedParts(scheme, message, () => credentials(scheme, [first], use), clock);
    return { kind: 'diagnosed', diagnosis: { ...found, notes }, parts };
  },
};

/** Of a template the values count as unknown. */
function openNotes(request: FoundRequest): readonly RequestNote[] {
  const open = openVariables(request).map((name) => `{{${name}}}`);
  if (open.length === 0) return [];
  const summary = `${open.join(', ')} ${open.length === 1 ? 'stands' : 'stand'} in the request where a value belongs. If the value was sent, give it in the field of that name; if the braces were, this is the mistake.`;
  return [{ id: 'input/open-variables', summary }];
}

type Keys = ReturnType<Asked['keys']>;

function credentials(scheme: Scheme, keys: Keys, use: KeyUse) {
  return keys.map((key) => credentialOf(scheme, key, use));
}

function refused(scheme: Scheme, { code, summary }: Refusal, parts: readonly ShownPart[]): TaskOutcome {
  const programs = receivingPrograms(scheme);
  return { kind: 'verified', ok: false, sentence: `${code}: ${summary}`, notes: [], parts, programs };
}

/** The string that belongs to the request as it arrived, where the secret allows to build it. */
function expectedParts(
  scheme: Scheme,
  message: Message,
  given: () => ReturnType<typeof credentials>,
  clock: Asked['clock'],
): readonly ShownPart[] {
  try {
    return shownParts(verify(scheme, given(), message, clock).trace());
  } catch {
    return [];
  }
}

/** What the user's own code makes of the request. */
function ownOf({ yourString = '', yourSignature = '' }: Task): DiagnoseOptions {
  return {
    ...(yourString !== '' && { yourStringToSign: yourString }),
    ...(yourSignature.trim() !== '' && { yourSignature }),
  };
}
