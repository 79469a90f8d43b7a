import { Type, type Static } from 'typebox';
import { PhoneScript } from '../phones/script.ts';

const closed = { additionalProperties: false } as const;

const number = Type.String({ pattern: '^\\+[1-9][0-9]{1,14}$', description: 'A telephone number in E.164 form.' });

/** Every number, ACS user and SIP address is a phone. */
const phoneAddress = Type.String({ pattern: '^(\\+[1-9][0-9]{1,14}|[0-9]+:.+|sips?:.+)$' });

const secretSource = Type.Union(
  [
    Type.Object(
      { env: Type.String({ minLength: 1, description: 'The name of an environment variable that holds the secret.' }) },
      closed,
    ),
    Type.Object(
      { file: Type.String({ minLength: 1, description: 'A file that holds the secret, relative to this one.' }) },
      closed,
    ),
  ],
  { description: 'Where a secret is; never the secret itself, because configuration files are shared.' },
);

const entra = Type.Object(
  {
    issuer: Type.String({ pattern: '^https?://', description: 'The `iss` of its tokens.' }),
    audience: Type.Optional(
      Type.String({ minLength: 1, description: 'The `aud` of its tokens. https://communication.azure.com.' }),
    ),
    jwksUrl: Type.Optional(
      Type.String({
        pattern: '^https?://',
        description: 'Where its keys are. By default where `.well-known/openid-configuration` of the issuer says.',
      }),
    ),
  },
  { ...closed, description: 'The Entra ID tenant, or what stands for it, whose bearer tokens are taken.' },
);

const acsAccount = Type.Object(
  {
    provider: Type.Literal('acs'),
    resourceId: Type.String({ minLength: 1, description: 'The immutable resource id, the `aud` of event tokens.' }),
    host: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'The Host header that selects this account for the diagnosis of refusals.',
      }),
    ),
    keys: Type.Object({ primary: secretSource, secondary: Type.Optional(secretSource) }, closed),
    numbers: Type.Optional(Type.Array(number)),
    eventGridEndpoint: Type.Optional(
      Type.String({ pattern: '^https?://', description: 'Where incoming calls and recordings are reported.' }),
    ),
    entra: Type.Optional(entra),
  },
  { ...closed, description: 'An Azure Communication Services resource.' },
);

const url = Type.String({ pattern: '^https?://' });

const sinchAccount = Type.Object(
  {
    provider: Type.Literal('sinch'),
    applicationKey: Type.String({ minLength: 1 }),
    applicationSecret: secretSource,
    numbers: Type.Optional(Type.Array(number)),
    callbacks: Type.Optional(Type.Object({ primary: Type.Optional(url), fallback: Type.Optional(url) }, closed)),
  },
  { ...closed, description: 'A Sinch Voice application.' },
);

const positive = Type.Integer({ minimum: 1 });

const limits = Type.Object(
  {
    bodyBytes: Type.Optional(Type.Integer({ minimum: 1, description: 'Largest request body; 413 beyond. 1 MiB.' })),
    exchanges: Type.Optional(Type.Integer({ minimum: 1, description: 'Exchanges kept. 10 000.' })),
    exchangeBytes: Type.Optional(Type.Integer({ minimum: 1, description: 'Bytes of bodies kept in them. 64 MiB.' })),
    callbacks: Type.Optional(Type.Integer({ minimum: 1, description: 'Callbacks kept. 10 000.' })),
    endedCalls: Type.Optional(Type.Integer({ minimum: 1, description: 'Ended calls kept. 1 000.' })),
    mediaSeconds: Type.Optional(Type.Integer({ minimum: 1, description: 'Seconds of audio kept. 3 600.' })),
    events: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Events that `GET /_control/events` can resume over. 10 000.' }),
    ),
  },
  { ...closed, description: 'Nothing grows without bound; what was dropped answers 410.' },
);

/** The configuration file, `countersign.config.json`. */
export const configSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    host: Type.Optional(Type.String({ minLength: 1, description: 'The address to bind. 127.0.0.1.' })),
    port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535, description: '0 takes a free one. 7509.' })),
    clock: Type.Optional(Type.Enum(['real', 'virtual'], { description: 'The clock of calls. real.' })),
    strict: Type.Optional(
      Type.Boolean({
        description: 'Refuse the known deviations of official SDKs, which are otherwise accepted and shown.',
      }),
    ),
    strictCallbacks: Type.Optional(Type.Boolean({ description: 'Insist on https callback URLs, as Azure does.' })),
    allowPublicHttpCallbacks: Type.Optional(
      Type.Boolean({
        description: 'Accept http callback URLs to public hosts too, not only to loopback and private addresses.',
      }),
    ),
    diagnoseRefusals: Type.Optional(
      Type.Enum(['auto', 'always', 'never'], {
        description:
          'Tell a refused client what it did wrong. auto: when bound to loopback or holding only the development account.',
      }),
    ),
    developmentAccount: Type.Optional(
      Type.Boolean({ description: 'Accept the public development credentials beside the accounts given here. true.' }),
    ),
    accounts: Type.Optional(Type.Array(Type.Union([acsAccount, sinchAccount]))),
    phones: Type.Optional(
      Type.Record(phoneAddress, PhoneScript, {
        additionalProperties: false,
        description: 'Scripts of phones by number: who answers, when, what it says and presses.',
      }),
    ),
    publicHosts: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        description:
          'Names under which a proxy or tunnel makes this server known; the control API accepts them as Host.',
      }),
    ),
    acs: Type.Optional(
      Type.Object(
        {
          eventGridEndpoint: Type.Optional(
            Type.String({
              pattern: '^https?://',
              description: "Where the development account's incoming calls and recordings are reported.",
            }),
          ),
          entra: Type.Optional(entra),
        },
        {
          ...closed,
          description: 'Choices about the ACS provider; those about an account are about the development account.',
        },
      ),
    ),
    sinch: Type.Optional(
      Type.Object(
        {
          basicAuthentication: Type.Optional(Type.Enum(['accepted', 'refused'])),
          toleranceSeconds: Type.Optional(positive),
          callbackTimeoutMs: Type.Optional(positive),
          ringTimeoutMs: Type.Optional(positive),
          uploadsUrl: Type.Optional(
            Type.String({
              pattern: '^https?://',
              description:
                'Where the files are served that would be uploaded to Sinch: prompts name them without an address.',
            }),
          ),
          recordings: Type.Optional(
            Type.Object(
              {
                folder: Type.Optional(
                  Type.String({ minLength: 1, description: 'A folder for the files, relative to this one.' }),
                ),
                postUrl: Type.Optional(
                  Type.String({ pattern: '^https?://', description: 'Takes each file as the body of a POST.' }),
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
    limits: Type.Optional(limits),
  },
  { ...closed, title: 'countersign.config.json', description: 'Configuration of the local Countersign server.' },
);

/** What `countersign.config.json` says. */
export type Config = Static<typeof configSchema>;
export type SecretSource = Static<typeof secretSource>;
export type AccountConfig = NonNullable<Config['accounts']>[number];
