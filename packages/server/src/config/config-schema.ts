import { defaultMediaSeconds } from '../audio/media-store.ts';
import { bounds } from '../bounded/bounds.ts';
import {
  array,
  boolean,
  choice,
  integer,
  object,
  optional,
  type Optional,
  record,
  type Schema,
  string,
  union,
  type Static,
} from '../json-schema/schema.ts';
import { PhoneScript } from '../phones/script.ts';
import { plugs, type ProviderTypes } from '../plugs.ts';

const closed = { additionalProperties: false } as const;

/** Every number, user and SIP address is a phone. */
const phoneAddress = string({ pattern: '^(\\+[1-9][0-9]{1,14}|[0-9]+:.+|sips?:.+)$' });

/** `name`, `name:port`, an IPv6 address, or one in brackets with a port. */
const publicHost =
  '^([^\\s/@*:?#,\\\\\\[\\]]*[^\\s/@*:?#,\\\\\\[\\].]\\.?(:[0-9]{1,5})?|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*|\\[[0-9A-Fa-f:.]+\\](:[0-9]{1,5})?)$';

const count = (what: string, items: number): ReturnType<typeof integer> =>
  integer({ minimum: 1, description: `${what}. ${items.toLocaleString('en-US').replaceAll(',', ' ')}.` });
const size = (what: string, bytes: number): ReturnType<typeof integer> =>
  integer({ minimum: 1, description: `${what}. ${bytes / 1024 / 1024} MiB.` });

/** A setting for each store whose bound is worth one; `docs/limits.md` lists all stores. */
const limits = object(
  {
    bodyBytes: optional(size('Largest request body; 413 beyond', 1024 * 1024)),
    exchanges: optional(count('Exchanges kept', bounds.exchanges.items)),
    exchangeBytes: optional(size('Bytes of them: bodies, headers, diagnoses', bounds.exchanges.bytes)),
    callbacks: optional(count('Settled callbacks kept', bounds['settled-callbacks'].items)),
    callbackBytes: optional(size('Bytes of them and of what receivers answered', bounds['settled-callbacks'].bytes)),
    pendingCallbackBytes: optional(
      size('Bytes of callbacks that wait; one more is undelivered', bounds['pending-callbacks'].bytes),
    ),
    callBytes: optional(size("Bytes of one live call's events; it ends beyond", bounds['call-history'].bytes)),
    liveCallBytes: optional(
      size('Bytes of the events of all live calls; near it none is opened', bounds['live-calls'].bytes),
    ),
    endedCalls: optional(count('Ended calls kept', bounds['ended-calls'].items)),
    endedCallBytes: optional(size('Bytes of their events', bounds['ended-calls'].bytes)),
    mediaSeconds: optional(count('Seconds of audio kept', defaultMediaSeconds)),
    mediaBytes: optional(size('Bytes of audio kept', bounds.media.bytes)),
    events: optional(count('Events that `GET /_control/events` can resume over', bounds.events.items)),
    eventBytes: optional(size('Bytes of them', bounds.events.bytes)),
  },
  { ...closed, description: 'Nothing grows without bound; what was dropped answers 410.' },
);

/** The configuration file, `countersign.config.json`. */
export const configSchema = object(
  {
    $schema: optional(string()),
    host: optional(string({ minLength: 1, description: 'The address to bind. 127.0.0.1.' })),
    port: optional(integer({ minimum: 0, maximum: 65_535, description: '0 takes a free one. 7509.' })),
    clock: optional(choice(['real', 'virtual'], { description: 'The clock of calls. real.' })),
    strict: optional(
      boolean({
        description: 'Refuse the known deviations of official SDKs, which are otherwise accepted and shown.',
      }),
    ),
    refuseRepeats: optional(
      boolean({
        description: 'Refuse a signed request that was there before, as a receiver behind replay protection does.',
      }),
    ),
    strictCallbacks: optional(boolean({ description: 'Insist on https callback URLs, as Azure does.' })),
    allowPublicHttpCallbacks: optional(
      boolean({
        description: 'Accept http callback URLs to public hosts too, not only to loopback and private addresses.',
      }),
    ),
    allowLinkLocal: optional(
      array(string({ pattern: '^([^\\s/@*:]+|\\[?[0-9A-Fa-f:.]+\\]?)$' }), {
        description:
          'Hosts, by name or address, that callbacks, media files and streams may go to although they are link-local addresses or metadata services, or lead to one. Others are refused, because such services hand out the credentials of cloud machines.',
      }),
    ),
    sendEventsTo: optional(
      array(string({ pattern: '^([^\\s/@*:]+|\\[?[0-9A-Fa-f:.]+\\]?)$' }), {
        description:
          'Hosts, by name or address, beyond this machine and private networks, that the console may send ready events to.',
      }),
    ),
    diagnoseRefusals: optional(
      choice(['auto', 'always', 'never'], {
        description:
          'Tell a refused client what it did wrong. auto: when bound to loopback or holding only the development account.',
      }),
    ),
    developmentAccount: optional(
      boolean({
        description: 'Accept the public development credentials in addition to the accounts given here. true.',
      }),
    ),
    accounts: optional(array(union(plugs.map(({ account }): Schema<ListedAccount> => account.schema)))),
    phones: optional(
      record(phoneAddress, PhoneScript, {
        additionalProperties: false,
        description: 'Scripts of phones by number: who answers, when, what it says and presses.',
      }),
    ),
    publicHosts: optional(
      array(string({ pattern: publicHost, description: 'A name or address, with or without a port; no wildcard.' }), {
        description:
          'Names under which a proxy, tunnel or container network makes this server known. Requests with another Host than these, loopback names and the hosts of accounts are refused, because a web page may be behind it. Bound to other than loopback, addresses are taken, too.',
      }),
    ),
    ...providerOptions(),
    limits: optional(limits),
  },
  { ...closed, title: 'countersign.config.json', description: 'Configuration of the local Countersign server.' },
);

/** What `countersign.config.json` says. */
export type Config = Static<typeof configSchema>;

/** An account as a configuration lists it. */
export type ListedAccount = ProviderTypes['listed'];

type ProviderOptions = {
  readonly [Types in ProviderTypes as Types['name']]: Optional<Schema<Types['options']>>;
};

/** One member for each provider, with its options. */
function providerOptions(): ProviderOptions {
  return Object.fromEntries(plugs.map(({ name, options }) => [name, optional<Schema>(options)])) as ProviderOptions;
}
