import { diagnosePublicKey } from '@countersign/core/diagnose-public-key';
import { PublicKey, type PublicKeyCredential } from '@countersign/core/public-key';
import { keyKindOf, type PublicKeyScheme } from '@countersign/core/public-key-scheme';
import { clockNote } from '@countersign/core/requests/judgeable';
import type { FoundRequest } from '@countersign/core/requests/read-requests';
import { verifyAsync } from '@countersign/core/verify-async';
import { shownParts } from '../anatomy/shown-parts.ts';
import { atPublicUrl, clockOf, publicAddresses } from './asked.ts';
import { otherKeyName } from './other-key-name.ts';
import { pageWords } from './page-words.ts';
import type { Task, TaskOutcome } from './work.ts';

/** What comes of a task by a public key, in place of a secret. */
export async function publicKeyOutcome(
  scheme: PublicKeyScheme,
  task: Task,
  { message: received, receivedAt, exactBody, shownBody }: FoundRequest,
): Promise<TaskOutcome> {
  if (task.kind === 'sign')
    throw new Error(`Requests of ${scheme.title} are signed by a private key that its provider alone has.`);
  if (task.secret === '') throw new Error('Give the public key.');
  const credential: PublicKeyCredential = { publicKey: new PublicKey(task.secret, keyKindOf(scheme)) };
  const clock = clockOf(task);
  const { now } = clock;
  const message = atPublicUrl(received, task);
  const verification = await verifyAsync(scheme, credential, message, clock);
  const parts = shownParts(verification.trace());
  if (task.kind === 'diagnose') {
    const time = now ?? receivedAt?.time;
    const found = await diagnosePublicKey(scheme, credential, received, {
      alsoKeys: otherKeys(scheme, task),
      ...publicAddresses(task),
      ...(time && { now: time }),
      ...(exactBody && { exactBody }),
      ...(shownBody && { shownBody }),
    });
    const notes = [...(!now && receivedAt ? [clockNote(receivedAt, pageWords)] : []), ...found.notes];
    return { kind: 'diagnosed', diagnosis: { ...found, notes }, parts };
  }
  if (!verification.ok) {
    const sentence = `${verification.code}: ${verification.summary}`;
    return { kind: 'verified', ok: false, sentence, notes: [], parts, programs: {} };
  }
  const { coveredHeaders, signedAt, replayKey, notes } = verification;
  return {
    kind: 'verified',
    ok: true,
    sentence: 'The signature is right, and fresh.',
    notes: [
      ...notes.map(({ summary }) => summary),
      `Headers that the signature covers: ${coveredHeaders.join(', ') || 'none'}.${signedAt ? ` Signed at ${signedAt.toISOString()}.` : ''}`,
      `Replay key, the same for every repeat: ${replayKey}`,
    ],
    parts,
    programs: {},
  };
}

/** Further keys that may be the right one. @throws CountersignError where one cannot be read */
function otherKeys(scheme: PublicKeyScheme, { otherSecrets = [] }: Task): readonly PublicKeyCredential[] {
  return otherSecrets.flatMap((text, index) =>
    text.trim() === '' ? [] : [{ publicKey: new PublicKey(text, keyKindOf(scheme)), name: otherKeyName(index) }],
  );
}
