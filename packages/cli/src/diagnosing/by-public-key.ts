import type { DiagnoseOptions } from '@countersign/core/diagnose';
import type { PublicKeyScheme } from '@countersign/core/public-key-scheme';
import { clockNote } from '@countersign/core/requests/judgeable';
import { standingNotes } from '@countersign/core/requests/request-note';
import { publicKeyOf } from '../credentials/public-keys.ts';
import type { Subject } from '../requests/diagnosis-subjects.ts';
import type { DiagnoseCommandOptions } from './options.ts';
import type { Result } from './result.ts';

/** Diagnoses a request by public keys, among which those of other accounts may be. */
export async function diagnoseByPublicKey(
  scheme: PublicKeyScheme,
  subject: Subject,
  { publicKey, alsoPublicKey }: DiagnoseCommandOptions,
  { now, publicHosts, publicUrls }: DiagnoseOptions,
): Promise<Result> {
  const { diagnosePublicKey } = await import('@countersign/core/diagnose-public-key');
  const { message, notes, receivedAt, exactBody, shownBody } = subject;
  const time = now ?? receivedAt?.time;
  const diagnosis = await diagnosePublicKey(scheme, publicKeyOf(scheme, publicKey), message, {
    alsoKeys: alsoPublicKey.map((given, at) => {
      const key = publicKeyOf(scheme, given, undefined, '--also-public-key');
      return given === key.name ? key : { ...key, name: `--also-public-key number ${at + 1}` };
    }),
    ...(time && { now: time }),
    ...(publicHosts && { publicHosts }),
    ...(publicUrls && { publicUrls }),
    ...(exactBody && { exactBody }),
    ...(shownBody && { shownBody }),
  });
  const before = [
    ...standingNotes(notes, diagnosis.notes),
    ...(now === undefined && receivedAt ? [clockNote(receivedAt)] : []),
  ];
  return { subject, diagnosis: { ...diagnosis, notes: [...before, ...diagnosis.notes] } };
}
