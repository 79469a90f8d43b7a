import { message, type Header, type Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import { schemes } from '@countersign/core/schemes/catalog';
import { sign } from '@countersign/core/sign';
import { signedMessage } from '@countersign/core/signed-message';
import { plugOf } from '../accounts.ts';
import type { Account } from '../contract/account.ts';
import type { ProviderPlug } from '../providers/plug.ts';
import type { ReadyEvent } from '../providers/ready-event.ts';
import { reach, type FindAddresses } from './own-network.ts';
import { post, type Answer } from './post.ts';

/** What is sent, and where to. */
export interface WantedSending {
  /** The endpoint. */
  readonly to: string;
  readonly event: ReadyEvent;
  /** Whose event it is, and whose key signs it. */
  readonly account: Account;
  /** In place of the event's own. */
  readonly body?: string | undefined;
}

/** How events are sent. */
export interface SendingOptions {
  readonly now: () => Date;
  readonly newId: () => string;
  /** Hosts that may be elsewhere than on this machine or in a private network. */
  readonly allowed: readonly string[];
  readonly find?: FindAddresses;
  /** 30 s. */
  readonly timeoutMs?: number;
}

/** What was sent, and what came of it; or why nothing was. */
export type Sending =
  | { readonly problem: string }
  | {
      readonly headers: readonly Header[];
      readonly body: string;
      /** What proves it: a scheme's id, a token's, or `none`. */
      readonly proof: string;
      readonly answer: Answer;
      readonly elapsedMs: number;
    };

/** Sends one event, proved as its provider proves it, to somebody's endpoint. */
export async function sendEvent(wanted: WantedSending, options: SendingOptions): Promise<Sending> {
  const { now, newId, allowed, find, timeoutMs = 30_000 } = options;
  const { event, account } = wanted;
  const url = endpointOf(wanted.to);
  if (typeof url === 'string') return { problem: url };
  const reached = await reach(url.hostname, allowed, find);
  if ('problem' in reached) return reached;
  const plug = plugOf(account);
  const at = now();
  const body = wanted.body ?? event.body({ call: newId(), at, account: plug.account.id(account) });
  const unsigned = message({
    method: 'POST',
    url: url.href,
    headers: [['Host', url.host], ...event.headers.filter(([name]) => name.toLowerCase() !== 'host')],
    body,
  });
  const proved = await withProof(unsigned, event, plug, account, at);
  const bytes = proved.body as Uint8Array;
  const headers = [...proved.headers, ['Content-Length', String(bytes.length)] as const];
  const began = performance.now();
  const answer = await post(url, headers, bytes, { lookup: reached.lookup, timeoutMs });
  const elapsedMs = Math.round(performance.now() - began);
  return { headers: proved.headers, body, proof: proofOf(event), answer, elapsedMs };
}

/** What proves an event, by its id. */
export function proofOf({ proof }: ReadyEvent): string {
  return proof.by === 'scheme' ? proof.scheme : proof.by === 'token' ? proof.token : 'none';
}

/** The endpoint's address, or what is wrong with it. */
function endpointOf(text: string): URL | string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return 'the endpoint is an http:// or https:// URL';
  if (url.username || url.password) return 'the endpoint has a user name or password in it, which is not sent';
  if (url.hash) return 'the endpoint has a fragment (#…), which is never sent';
  return url;
}

async function withProof(
  unsigned: Message,
  { proof }: ReadyEvent,
  plug: ProviderPlug,
  account: Account,
  at: Date,
): Promise<Message> {
  if (proof.by === 'nothing') return unsigned;
  if (proof.by === 'token') {
    const token = plug.eventToken;
    if (token?.id !== proof.token) throw new Error(`there is no token ${proof.token}`);
    const authorization = await token.authorization(plug.account.id(account), at, token.developmentKey);
    return { ...unsigned, headers: [...unsigned.headers, ['Authorization', authorization]] };
  }
  const [credential] = plug.account.credentials(account);
  if (!credential) throw new Error(`the account ${plug.account.id(account)} has no key`);
  const scheme = schemeOf(proof.scheme);
  return signedMessage(unsigned, sign(scheme, credential, unsigned, { date: at }));
}

function schemeOf(id: string): Scheme {
  const found = schemes.find((scheme) => scheme.id === id);
  if (!found) throw new Error(`there is no scheme ${id}`);
  return found;
}
