import type { Diagnosis } from '@countersign/core/diagnose';
import type { SigningTrace } from '@countersign/core/trace';

/** How a request's authentication was judged. */
export interface AuthenticationRecord {
  /** `none` where a request was refused before anybody looked for a signature: it is a web page's from elsewhere. */
  readonly scheme: string;
  readonly outcome: 'accepted' | 'tolerated' | 'refused';
  /** The deviation that was tolerated, or the refusal's code. */
  readonly code?: string;
  readonly summary?: string;
  /** How the expected signature came about, made when it is asked for, which it hardly ever is. */
  readonly trace?: () => SigningTrace | undefined;
  readonly diagnosis?: Diagnosis;
  /** Why a refused request was not diagnosed, although it would usually be. */
  readonly undiagnosed?: string;
}

/** What is said of a refused signature; nothing where refusals are not diagnosed. */
export type Explanation = Pick<AuthenticationRecord, 'diagnosis' | 'undiagnosed'>;

/** What a route or an authentication hook adds to the exchange under way; Fastify requests carry one as `request.exchange`. */
export interface ExchangeRecorder {
  readonly id: string;
  provider(name: string, account?: string): void;
  authentication(record: AuthenticationRecord): void;
  call(id: string): void;
}
