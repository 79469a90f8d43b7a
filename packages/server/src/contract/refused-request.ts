import type { DiagnosisCredential } from '@countersign/core/diagnose';
import type { Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import type { ExchangeRecorder } from './exchange-recorder.ts';

/** A request whose signature was refused, and what it should have been signed with. */
export interface RefusedRequest {
  readonly message: Message;
  readonly exchange: ExchangeRecorder;
  readonly scheme: Scheme;
  /** The key that it should have been signed with. */
  readonly credential: DiagnosisCredential;
  /** Further keys of the server that the signer may have used by mistake. */
  readonly alsoSecrets?: readonly DiagnosisCredential[];
}
