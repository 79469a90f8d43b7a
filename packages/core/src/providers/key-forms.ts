import type { Scheme } from '../scheme.ts';

/** Keys that a provider hands out and that sign nothing of a scheme. */
export interface OtherKeys {
  /** Each by how it begins or looks, and what it is, with its article. */
  readonly forms: readonly { readonly pattern: RegExp; readonly is: string }[];
  /** What signs instead. */
  readonly wanted: string;
  /** The member of a JSON body that says whether it is of live or of test mode, where each mode has secrets of its own. */
  readonly liveMember?: string;
}

// https://www.twilio.com/docs/glossary/what-is-a-sid
const twilio: OtherKeys = {
  forms: [
    { pattern: /^AC[0-9a-f]{32}$/i, is: 'an account SID' },
    { pattern: /^SK[0-9a-f]{32}$/i, is: 'the SID of an API key' },
  ],
  wanted: 'the primary auth token of the account or subaccount that the webhook belongs to',
};
// https://www.plivo.com/docs/account/api/subaccount
const plivo: OtherKeys = {
  forms: [{ pattern: /^[MS]A[A-Z0-9]{18}$/, is: 'an auth id' }],
  wanted: 'the auth token of the account or subaccount',
};
// https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens
const shopify: OtherKeys = {
  forms: [{ pattern: /^shp(?:at|ca|pa|ua)_[0-9a-f]+$/, is: 'an access token' }],
  wanted: 'the client secret of the app',
};
const asymmetric = [{ pattern: /^whpk_/, is: 'a public key (whpk_), which verifies signatures of Ed25519 (v1a)' }];

/** By the scheme's id, from the providers' documents on their keys. */
const otherKeys: Readonly<Record<string, OtherKeys>> = {
  twilio,
  'twilio-json': twilio,
  // The primary auth token signs by the other scheme.
  'twilio-shared-key': { ...twilio, wanted: 'the shared key that the header names' },
  'plivo-v1': plivo,
  'plivo-v2': plivo,
  'plivo-v3': plivo,
  shopify,
  'shopify-oauth': shopify,
  // https://docs.stripe.com/keys, https://docs.stripe.com/webhooks
  stripe: {
    forms: [
      { pattern: /^[sr]k_(?:live|test)_/, is: 'an API key' },
      { pattern: /^pk_(?:live|test)_/, is: 'a publishable API key' },
      { pattern: /^we_[A-Za-z0-9]+$/, is: 'the id of an endpoint' },
    ],
    wanted: 'the signing secret of the very endpoint (whsec_…; that of the command line is another one)',
    liveMember: 'livemode',
  },
  // https://github.blog/engineering/behind-githubs-new-authentication-token-formats/
  github: {
    forms: [{ pattern: /^(?:gh[pousr]_|github_pat_)/, is: 'an access token' }],
    wanted: 'the secret that was entered for the webhook',
  },
  // https://docs.slack.dev/authentication/tokens
  slack: {
    forms: [{ pattern: /^x(?:ox[a-z]|app)[-.]/, is: 'a token' }],
    wanted: 'the signing secret of the app',
  },
  // https://developer.signalwire.com/guides/your-first-api-calls/
  signalwire: {
    forms: [{ pattern: /^PT[0-9a-f]{20,}$/, is: 'an API token' }],
    wanted: 'the signing key (PSK_…)',
  },
  openai: {
    forms: [{ pattern: /^sk-/, is: 'an API key' }, ...asymmetric],
    wanted: 'the signing secret of the endpoint (whsec_…)',
  },
  'standard-webhooks': { forms: asymmetric, wanted: 'the secret of the endpoint (whsec_…)' },
  svix: { forms: asymmetric, wanted: 'the secret of the endpoint (whsec_…)' },
};

/** What is known of the keys of a built-in scheme's provider. */
export function otherKeysOf({ id }: Pick<Scheme, 'id'>): OtherKeys | undefined {
  return Object.hasOwn(otherKeys, id) ? otherKeys[id] : undefined;
}
