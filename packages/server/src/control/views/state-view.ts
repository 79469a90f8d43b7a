import type { DevelopmentEnvironment } from '../../development-account.ts';
import type { PhoneState } from '../../phones/phone-book.ts';
import type { TestNumber } from '../../phones/test-numbers.ts';
import type { FaultSetting } from '../../contract/fault.ts';
import type { AccountSummary } from './account-view.ts';
import type { FaultKindView } from './fault-kind-view.ts';
import type { ProviderView } from './provider-view.ts';

/** What the server is and has, as `GET state` tells it. */
export interface ServerState {
  /** The base URL, without a trailing slash. */
  readonly url: string;
  /** The call clock, in milliseconds since the epoch. */
  readonly clock: { readonly kind: 'real' | 'virtual'; readonly nowMs: number };
  readonly strict: boolean;
  readonly strictCallbacks: boolean;
  readonly diagnosesRefusals: boolean;
  /** Its providers, in the order in which they are shown. */
  readonly providers: readonly ProviderView[];
  readonly accounts: readonly AccountSummary[];
  /** The variables that reach the development account, when the server has it. They are public. */
  readonly environment?: DevelopmentEnvironment;
  readonly testNumbers: readonly TestNumber[];
  /** The phones that are in use or have a script of their own. */
  readonly phones: readonly PhoneState[];
  readonly faults: readonly FaultSetting[];
  /** Every fault that can be switched on. */
  readonly faultKinds: readonly FaultKindView[];
  readonly counts: { readonly exchanges: number; readonly calls: number; readonly callbacksPending: number };
  /** The id of the newest event: from there, `GET events` goes on without a gap. */
  readonly lastEventId: string;
}
