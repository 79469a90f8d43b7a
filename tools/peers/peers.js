import { verify as octokitVerify, sign as octokitSign } from '@octokit/webhooks-methods';
import { AccessToken, WebhookReceiver } from 'livekit-server-sdk';
import messagebird from 'messagebird/lib/webhook-signature-jwt.js';
import { createHash, createSecretKey } from 'node:crypto';
import { OpenAI } from 'openai';
import plivo from 'plivo';
import * as retell from 'retell-sdk';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Stripe } from 'stripe';
import { Webhook as SvixWebhook } from 'svix';
import twilio from 'twilio';

/**
 * The providers' own packages, each as far as it verifies and signs.
 *
 * @typedef {{ url: string, headers: Record<string, string>, body: string, form: Record<string, string> }} Delivery
 * what a receiver has of a request: its public URL, headers by lower-case name, and the body, also read as a form
 *
 * @typedef {object} Peer
 * @property {string} scheme the id of the scheme
 * @property {string} package
 * @property {string} secret as the provider shows it
 * @property {string} [keyId] where the scheme's requests name their key
 * @property {Record<string, string>} headers what the request has before it is signed
 * @property {boolean} [hasForm] whether its body is a form; else it is JSON
 * @property {(delivery: Delivery) => unknown} accepts gives anything but false, and throws nothing, where the package takes the
 * delivery; it verifies and, where that can be left out, does not parse
 * @property {(delivery: Delivery, now: number) => Promise<Signed> | Signed} [signs] what the package adds to it
 *
 * @typedef {{ headers?: Record<string, string>, url?: string }} Signed
 */

const standardSecret = `whsec_${Buffer.from('the secret of these tests').toString('base64')}`;
const token = '12345abcde';
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };
const inSeconds = (now) => String(Math.floor(now / 1000));
const [openai, standard, svix] = [
  new OpenAI({ apiKey: 'none' }),
  new StandardWebhook(standardSecret),
  new SvixWebhook(standardSecret),
];

/** What the two packages of Standard Webhooks add, under the names of their headers. */
const signedStandard = (webhook, prefix) => (delivery, now) => {
  const signature = webhook.sign(delivery.headers[`${prefix}-id`], new Date(now), delivery.body);
  return { headers: { [`${prefix}-timestamp`]: inSeconds(now), [`${prefix}-signature`]: signature } };
};

/** @type {readonly Peer[]} */
export const peers = [
  {
    scheme: 'stripe',
    package: 'stripe',
    secret: 'whsec_test_secret',
    headers: json,
    accepts: ({ headers, body }) =>
      Stripe.webhooks.signature.verifyHeader(body, headers['stripe-signature'], 'whsec_test_secret', 300),
    signs({ body }, now) {
      const timestamp = Math.floor(now / 1000);
      const options = { payload: body, secret: 'whsec_test_secret', timestamp };
      return { headers: { 'stripe-signature': Stripe.webhooks.generateTestHeaderString(options) } };
    },
  },
  {
    scheme: 'standard-webhooks',
    package: 'standardwebhooks',
    secret: standardSecret,
    headers: { ...json, 'webhook-id': 'msg_1' },
    accepts: ({ headers, body }) => standard.verify(body, headers, { jsonParse: false }),
    signs: signedStandard(standard, 'webhook'),
  },
  {
    scheme: 'svix',
    package: 'svix',
    secret: standardSecret,
    headers: { ...json, 'svix-id': 'msg_1' },
    accepts: ({ headers, body }) => svix.verify(body, headers),
    signs: signedStandard(svix, 'svix'),
  },
  {
    scheme: 'openai',
    package: 'openai',
    secret: standardSecret,
    headers: { ...json, 'webhook-id': 'wh_1' },
    accepts: ({ headers, body }) => openai.webhooks.verifySignature(body, headers, standardSecret),
  },
  {
    scheme: 'github',
    package: '@octokit/webhooks-methods',
    secret: token,
    headers: json,
    accepts: ({ headers, body }) => octokitVerify(token, body, headers['x-hub-signature-256']),
    signs: async ({ body }) => ({ headers: { 'x-hub-signature-256': await octokitSign(token, body) } }),
  },
  {
    scheme: 'retell',
    package: 'retell-sdk',
    secret: token,
    headers: json,
    accepts: ({ headers, body }) => retell.verify(body, token, headers['x-retell-signature']),
    signs: async ({ body }) => ({ headers: { 'x-retell-signature': await retell.sign(body, token) } }),
  },
  {
    scheme: 'livekit',
    package: 'livekit-server-sdk',
    secret: token,
    keyId: 'APIkey',
    headers: { 'content-type': 'application/webhook+json' },
    accepts: ({ headers, body }) => new WebhookReceiver('APIkey', token).receive(body, headers.authorization),
    async signs({ body }) {
      const access = new AccessToken('APIkey', token, { ttl: 300 });
      access.sha256 = createHash('sha256').update(body).digest('base64');
      return { headers: { authorization: await access.toJwt() } };
    },
  },
  {
    scheme: 'messagebird-jwt',
    package: 'messagebird',
    secret: token,
    headers: json,
    accepts: ({ url, headers, body }) =>
      messagebird.verify(
        url,
        Buffer.from(body),
        headers['messagebird-signature-jwt'],
        createSecretKey(Buffer.from(token)),
      ),
  },
  {
    scheme: 'twilio',
    package: 'twilio',
    secret: token,
    headers: form,
    hasForm: true,
    accepts: ({ url, headers, form: fields }) =>
      twilio.validateRequest(token, headers['x-twilio-signature'], url, fields),
    signs: ({ url, form: fields }) => ({
      headers: { 'x-twilio-signature': twilio.getExpectedTwilioSignature(token, url, fields) },
    }),
  },
  {
    scheme: 'twilio-json',
    package: 'twilio',
    secret: token,
    headers: json,
    accepts: ({ url, headers, body }) =>
      twilio.validateRequestWithBody(token, headers['x-twilio-signature'], url, body),
    signs({ url, body }) {
      const whole = `${url}&bodySHA256=${twilio.getExpectedBodyHash(body)}`;
      return { url: whole, headers: { 'x-twilio-signature': twilio.getExpectedTwilioSignature(token, whole, {}) } };
    },
  },
  {
    scheme: 'plivo-v2',
    package: 'plivo',
    secret: token,
    headers: { ...form, 'x-plivo-signature-v2-nonce': '05429567804466091622' },
    hasForm: true,
    accepts: ({ url, headers }) =>
      plivo.validateSignature(url, headers['x-plivo-signature-v2-nonce'], headers['x-plivo-signature-v2'], token),
  },
  {
    scheme: 'plivo-v3',
    package: 'plivo',
    secret: token,
    headers: { ...form, 'x-plivo-signature-v3-nonce': '05429567804466091622' },
    hasForm: true,
    accepts: ({ url, headers, form: fields }) =>
      plivo.validateV3Signature(
        'POST',
        url,
        headers['x-plivo-signature-v3-nonce'],
        token,
        headers['x-plivo-signature-v3'],
        fields,
      ),
  },
];

/**
 * What a receiver's own code would hand over to the package.
 *
 * @param {{ origin?: string, target: string, headers: readonly (readonly [string, string])[], body: Uint8Array }} message
 * @returns {Delivery}
 */
export function deliveryOf({ origin, target, headers, body }) {
  const text = new TextDecoder().decode(body);
  return {
    url: origin + target,
    headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
    body: text,
    form: Object.fromEntries(new URLSearchParams(text)),
  };
}
