import type { Redaction } from '@countersign/core/redaction';
import { plugOf, type ConfiguredAccount } from '../accounts.ts';
import { BoundedSet } from '../bounded/bounded-set.ts';
import type { Config } from '../config/config-schema.ts';
import { isDevelopmentAccount, isDevelopmentCredential } from '../development-account.ts';
import { RefusalExplainer } from '../exchanges/diagnose-refusal.ts';
import { Journal } from '../exchanges/journal.ts';
import { isLoopback, plainHost } from '../http/listen.ts';
import { defined } from './defined.ts';

/** The journal of requests, and who explains refused ones. */
export interface RequestsIn {
  readonly journal: Journal;
  readonly explainer: RefusalExplainer;
  /** Whether refused clients are told what they did wrong. */
  readonly diagnosesRefusals: boolean;
  /** Tells whether a request was there before, by its `replayKey`, and remembers it; absent where repeats are accepted. */
  readonly isRepeat?: (replayKey: string) => boolean;
  /** Forgets the requests seen so far. */
  readonly forgetRequests: () => void;
}

/** Makes the journal of a server, which learns what the diagnosis of a refusal finds. */
export function createRequestsIn(
  config: Config,
  accounts: readonly ConfiguredAccount[],
  given: {
    readonly wallNow: () => Date;
    readonly redaction: Redaction;
    readonly onInternalError: (error: Error) => void;
  },
): RequestsIn {
  const { limits = {} } = config;
  const { wallNow, redaction, onInternalError } = given;
  const journal = new Journal(
    wallNow,
    defined({ maxExchanges: limits.exchanges, maxBytes: limits.exchangeBytes }),
    redaction,
  );
  const explainer = new RefusalExplainer({
    wallNow,
    schemes: accounts.flatMap((account) => plugOf(account).schemes),
    publicHosts: config.publicHosts ?? [],
    isPublicKey: isDevelopmentCredential,
    amend: (exchange, diagnosis) => journal.amendAuthentication(exchange, { diagnosis }),
    onInternalError,
  });
  const seen = new BoundedSet('seen-requests');
  const isRepeat = (key: string): boolean => {
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  };
  return {
    journal,
    explainer,
    diagnosesRefusals: mayDiagnose(config, accounts),
    ...(config.refuseRepeats && { isRepeat }),
    forgetRequests: () => seen.clear(),
  };
}

/** A diagnosis tells whoever asks how a signature should have been made; so it is for developers' machines. */
function mayDiagnose(config: Config, accounts: readonly ConfiguredAccount[]): boolean {
  if (config.diagnoseRefusals === 'always') return true;
  if (config.diagnoseRefusals === 'never') return false;
  return isLoopback(plainHost(config.host ?? '127.0.0.1')) || accounts.every(isDevelopmentAccount);
}
