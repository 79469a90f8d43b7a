import type { AnyScheme, PublicKeyScheme } from '../public-key-scheme.ts';
import type { Scheme } from '../scheme.ts';
import { acsHmac } from './acs-hmac.ts';
import { agoraV1 } from './agora-v1.ts';
import { agora } from './agora.ts';
import { awsSigv4 } from './aws-sigv4.ts';
import { azureAppConfiguration } from './azure-app-configuration.ts';
import { azureSas } from './azure-sas.ts';
import { azureStorageSharedKey } from './azure-storage-sharedkey.ts';
import { azureStorageSharedKeyLite } from './azure-storage-sharedkeylite.ts';
import { azureTableSharedKeyLite } from './azure-table-sharedkeylite.ts';
import { bird } from './bird.ts';
import { bland } from './bland.ts';
import { dailyWebhook } from './daily-webhook.ts';
import { daily } from './daily.ts';
import { elevenlabs } from './elevenlabs.ts';
import { genesysAudiohook } from './genesys-audiohook.ts';
import { github } from './github.ts';
import { jambonz } from './jambonz.ts';
import { livekit } from './livekit.ts';
import { messagebirdJwt } from './messagebird-jwt.ts';
import { messagebirdLegacy } from './messagebird-legacy.ts';
import { meta } from './meta.ts';
import { openai } from './openai.ts';
import { plivoV1 } from './plivo-v1.ts';
import { plivoV2 } from './plivo-v2.ts';
import { plivoV3 } from './plivo-v3.ts';
import { retell } from './retell.ts';
import { rfc9421EcdsaP256Sha256 } from './rfc9421-ecdsa-p256-sha256.ts';
import { rfc9421Ed25519 } from './rfc9421-ed25519.ts';
import { rfc9421RsaPssSha512 } from './rfc9421-rsa-pss-sha512.ts';
import { rfc9421 } from './rfc9421.ts';
import { sendgrid } from './sendgrid.ts';
import { shopifyOauth } from './shopify-oauth.ts';
import { shopify } from './shopify.ts';
import { signalwire } from './signalwire.ts';
import { sinchApplication } from './sinch-application.ts';
import { sinchNumbers } from './sinch-numbers.ts';
import { sinchVoiceV2 } from './sinch-voice-v2.ts';
import { sinchWebhook } from './sinch-webhook.ts';
import { slack } from './slack.ts';
import { standardWebhooksEd25519 } from './standard-webhooks-ed25519.ts';
import { standardWebhooks } from './standard-webhooks.ts';
import { stripe } from './stripe.ts';
import { svix } from './svix.ts';
import { telnyx } from './telnyx.ts';
import { twilioJson } from './twilio-json.ts';
import { twilioSharedKey } from './twilio-shared-key.ts';
import { twilio } from './twilio.ts';
import { vapi } from './vapi.ts';
import { vippsMobilepay } from './vipps-mobilepay.ts';
import { vonageSms } from './vonage-sms.ts';
import { vonageWebhook } from './vonage-webhook.ts';
import { zoom } from './zoom.ts';

/**
 * Every built-in scheme with a shared secret, in the order in which they are shown, each with its `id` and `title`. Where two fit a request
 * equally well, the first one is meant. For programs that do not know beforehand what they sign or verify; who knows
 * imports that one scheme and carries no other.
 */
export const schemes: readonly Scheme[] = [
  acsHmac,
  sinchApplication,
  sinchVoiceV2,
  sinchWebhook,
  sinchNumbers,
  azureAppConfiguration,
  twilio,
  twilioJson,
  twilioSharedKey,
  signalwire,
  plivoV3,
  plivoV2,
  plivoV1,
  vonageWebhook,
  vonageSms,
  bird,
  messagebirdJwt,
  messagebirdLegacy,
  livekit,
  jambonz,
  zoom,
  daily,
  dailyWebhook,
  agora,
  agoraV1,
  retell,
  vapi,
  elevenlabs,
  bland,
  genesysAudiohook,
  standardWebhooks,
  svix,
  openai,
  stripe,
  github,
  meta,
  slack,
  shopify,
  shopifyOauth,
  azureStorageSharedKey,
  azureStorageSharedKeyLite,
  azureTableSharedKeyLite,
  azureSas,
  vippsMobilepay,
  rfc9421,
  awsSigv4,
];

/** Every built-in scheme that a private key signs for, in the order in which they are shown: `verifyAsync` takes them. */
export const publicKeySchemes: readonly PublicKeyScheme[] = [
  telnyx,
  sendgrid,
  standardWebhooksEd25519,
  rfc9421Ed25519,
  rfc9421EcdsaP256Sha256,
  rfc9421RsaPssSha512,
];

/** All built-in schemes, of either kind. */
export const everyScheme: readonly AnyScheme[] = [...schemes, ...publicKeySchemes];
