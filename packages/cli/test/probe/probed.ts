import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Scheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { Secret } from '@countersign/core/secret';
import type { Clock } from '../../src/endpoint/clock.ts';
import { attacks } from '../../src/probe/catalog.ts';
import { probeEndpoint, type ProbeEnding, type ProbeLine, type ProbePlan } from '../../src/probe/probe-endpoint.ts';
import type { Prover } from '../../src/probe/prover.ts';
import { freshRequests } from '../../src/probe/right-request.ts';
import { schemeProver } from '../../src/probe/scheme-prover.ts';
import { keys } from './by-hand.ts';

/** How long `probe` pauses within a body, in milliseconds. It waits as long for nothing else. */
const pauseMs = 500;

/** A clock on which waiting takes no time. A pause within a body is over when the receiver has read what came before it. */
export function virtualClock(): Clock {
  let nowMs = Date.parse('2026-01-02T03:04:05.678Z');
  return {
    now: () => new Date(nowMs),
    async sleep(milliseconds) {
      nowMs += milliseconds;
      if (milliseconds === pauseMs) await nextRequest();
    },
  };
}

/** Resolves when a server of this process has read the head of a request, and what was sent together with it. */
function nextRequest(): Promise<void> {
  return new Promise((resolve) => {
    const seen = (): void => {
      unsubscribe('http.server.request.start', seen);
      setImmediate(() => void setImmediate(() => void setImmediate(resolve)));
    };
    subscribe('http.server.request.start', seen);
  });
}

/** What a probe found. */
export interface Probed {
  readonly lines: readonly ProbeLine[];
  readonly ending: ProbeEnding;
  /** The ids of the attacks with each verdict. */
  readonly ids: (verdict: ProbeLine['verdict']) => readonly string[];
}

const credentials = {
  [sinchApplication.id]: { scheme: sinchApplication, text: keys.secret, keyId: keys.keyId },
  [acsHmac.id]: { scheme: acsHmac, text: keys.secret, keyId: undefined },
  [sinchWebhook.id]: { scheme: sinchWebhook, text: keys.text, keyId: undefined },
} as Readonly<Record<string, { scheme: Scheme; text: string; keyId: string | undefined }>>;

/** Who proves requests by one of these schemes with the keys of the receivers here. */
export function proverOf(id: string): Prover {
  const found = credentials[id];
  if (!found) throw new Error(`there is no ${id} here`);
  const { scheme, text, keyId } = found;
  return schemeProver(scheme, {
    secret: new Secret(text, scheme.key.encoding),
    ...(keyId !== undefined && { keyId }),
  });
}

/** Probes an endpoint with every attack, on that clock. */
export async function probed(
  url: string,
  prover: Prover,
  clock: Clock,
  options: Partial<ProbePlan> & { readonly body?: () => Uint8Array } = {},
): Promise<Probed> {
  const { host, protocol } = new URL(url);
  const { body, ...rest } = options;
  const probing = probeEndpoint(
    {
      protocol,
      authority: host,
      prover,
      fresh: freshRequests({ url, method: 'POST', headers: [], ...(body && { body }) }, prover),
      attacks,
      perSecond: 1000,
      timeoutMs: 20_000,
      isPatient: false,
      isIdempotent: false,
      ...rest,
    },
    clock,
  );
  const lines: ProbeLine[] = [];
  for (;;) {
    const { done, value } = await probing.next();
    if (!done) lines.push(value);
    else {
      const ids = (verdict: ProbeLine['verdict']): string[] =>
        lines.filter((line) => line.verdict === verdict).map(({ attack }) => attack.id);
      return { lines, ending: value, ids };
    }
  }
}
