import type { Diagnosis } from './diagnosis.ts';
import type { Evidence } from './reading/evidence.ts';
import type { SentBody } from './search/body-as-sent.ts';

/** What a diagnosis says of a request. */
export type Judgement = Pick<Diagnosis, 'verdict' | 'mistakes' | 'alternatives' | 'notes' | 'missing' | 'yourString'>;

/** In place of a judgement: what is at hand is an edited file, and the request with this body is to be judged. */
export interface Edited {
  readonly evidence: Evidence;
  readonly sentBody: SentBody;
}
