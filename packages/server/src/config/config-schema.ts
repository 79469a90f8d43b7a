import { defaultMediaSeconds } from '../audio/media-store.ts';
import { bounds } from '../bounded/bounds.ts';
import {
  array,
  boolean,
  choice,
  integer,
  literal,
  object,
  optional,
  record,
  string,
  union,
  type Static,
} from '../json-schema/schema.ts';
import { PhoneScript } from '../phones/script.ts';

const closed = { additionalProperties: false } as const;

const number = string({ pattern: '^\\+[1-9][0-9]{1,14}$', description: 'A telephone number in E.164 form.' });

/** Every number, ACS user and SIP address is a phone. */
const phoneAddress = string({ pattern: '^(\\+[1-9][0-9]{1,14}|[0-9]+:.+|sips?:.+)$' });

const secretSource = union(
  [
    object(
      { env: string({ minLength: 1, description: 'The name of an environment variable that holds the secret.' }) },
      closed,
    ),
    object(
      { file: string({ minLength: 1, description: 'A file that holds the secret, relative to this one.' }) },
      closed,
    ),
  ],
  { description: 'Where a secret is; never the secret itself, because configuration files are shared.' },
);

const entra = object(
  {
    issuer: string({ pattern: '^https?://', description: 'The `iss` of its tokens.' }),
    audience: optional(
      string({ minLength: 1, description: 'The `aud` of its tokens. https://communication.azure.com.' }),
    ),
    jwksUrl: optional(
      string({
        pattern: '^https?://',
        description: 'Where its keys are. By default where `.well-known/openid-configuration` of the issuer says.',
      }),
    ),
  },
  { ...closed, description: 'The Entra ID tenant, or what stands for it, whose bearer tokens are taken.' },
);

const eventGridSubscriptions = array(
  object(
    {
      endpoint: string({ pattern: '^https?://', description: 'The webhook that the events are sent to.' }),
      includedEventTypes: optional(
        array(string({ pattern: '^Microsoft\\.Communication\\.[A-Za-z]+$' }), {
          minItems: 1,
          description: 'The types of events that it takes, such as Microsoft.Communication.SMSReceived. All of them.',
        }),
      ),
    },
    closed,
  ),
  { description: 'Event Grid subscriptions: each is validated, and gets the events that it takes.' },
);

const users = array(string({ pattern: '^8:[a-z-]*acs:.+' }), {
  description: 'Users of Communication Services whose calls the application answers, by their raw ids.',
});

const acsAccount = object(
  {
    provider: literal('acs'),
    resourceId: string({ minLength: 1, description: 'The immutable resource id, the `aud` of event tokens.' }),
    host: optional(
      string({
        minLength: 1,
        description:
          'The host of its endpoint: a Host that requests may have, and that selects this account for the diagnosis of refusals.',
      }),
    ),
    keys: object({ primary: secretSource, secondary: optional(secretSource) }, closed),
    numbers: optional(array(number)),
    users: optional(users),
    eventGridEndpoint: optional(
      string({ pattern: '^https?://', description: 'Where incoming calls and recordings are reported.' }),
    ),
    eventGridSubscriptions: optional(eventGridSubscriptions),
    entra: optional(entra),
  },
  { ...closed, description: 'An Azure Communication Services resource.' },
);

const url = string({ pattern: '^https?://' });

const sinchAccount = object(
  {
    provider: literal('sinch'),
    applicationKey: string({ minLength: 1 }),
    applicationSecret: secretSource,
    numbers: optional(array(number)),
    callbacks: optional(object({ primary: optional(url), fallback: optional(url) }, closed)),
  },
  { ...closed, description: 'A Sinch Voice application.' },
);

/** `name`, `name:port`, an IPv6 address, or one in brackets with a port. */
const publicHost =
  '^([^\\s/@*:?#,\\\\\\[\\]]*[^\\s/@*:?#,\\\\\\[\\].]\\.?(:[0-9]{1,5})?|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*|\\[[0-9A-Fa-f:.]+\\](:[0-9]{1,5})?)$';

const positive = integer({ minimum: 1 });

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
    diagnoseRefusals: optional(
      choice(['auto', 'always', 'never'], {
        description:
          'Tell a refused client what it did wrong. auto: when bound to loopback or holding only the development account.',
      }),
    ),
    developmentAccount: optional(
      boolean({ description: 'Accept the public development credentials beside the accounts given here. true.' }),
    ),
    accounts: optional(array(union([acsAccount, sinchAccount]))),
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
    acs: optional(
      object(
        {
          eventGridEndpoint: optional(
            string({
              pattern: '^https?://',
              description: "Where the development account's incoming calls and recordings are reported.",
            }),
          ),
          eventGridSubscriptions: optional(eventGridSubscriptions),
          users: optional(users),
          recordingHost: optional(
            string({
              pattern: '^[a-z0-9-]+(\\.[a-z0-9-]+)*$',
              description:
                'The name under which recordings are to be had, such as countersign.asm.skype.com: some SDKs download from such hosts only, over https. It must lead to this server (a hosts entry), which answers to it.',
            }),
          ),
          entra: optional(entra),
        },
        {
          ...closed,
          description: 'Choices about the ACS provider; those about an account are about the development account.',
        },
      ),
    ),
    sinch: optional(
      object(
        {
          basicAuthentication: optional(choice(['accepted', 'refused'])),
          toleranceSeconds: optional(positive),
          callbackTimeoutMs: optional(positive),
          ringTimeoutMs: optional(positive),
          uploadsUrl: optional(
            string({
              pattern: '^https?://',
              description:
                'Where the files are served that would be uploaded to Sinch: prompts name them without an address.',
            }),
          ),
          recordings: optional(
            object(
              {
                folder: optional(
                  string({ minLength: 1, description: 'A folder for the files, relative to this one.' }),
                ),
                postUrl: optional(
                  string({ pattern: '^https?://', description: 'Takes each file as the body of a POST.' }),
                ),
              },
              {
                ...closed,
                description: 'Where recordings go in place of the bucket or container that the SVAML names.',
              },
            ),
          ),
        },
        { ...closed, description: 'Choices about the Sinch provider.' },
      ),
    ),
    limits: optional(limits),
  },
  { ...closed, title: 'countersign.config.json', description: 'Configuration of the local Countersign server.' },
);

/** What `countersign.config.json` says. */
export type Config = Static<typeof configSchema>;
export type SecretSource = Static<typeof secretSource>;
export type AccountConfig = NonNullable<Config['accounts']>[number];
