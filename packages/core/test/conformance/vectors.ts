import acsCaptured from '../../../../vectors/acs-hmac/captured.json' with { type: 'json' };
import acsPublished from '../../../../vectors/acs-hmac/published.json' with { type: 'json' };
import acsReceived from '../../../../vectors/acs-hmac/received.json' with { type: 'json' };
import acsRecorded from '../../../../vectors/acs-hmac/recorded.json' with { type: 'json' };
import appConfigurationComputed from '../../../../vectors/azure-app-configuration/computed.json' with { type: 'json' };
import appConfigurationReceived from '../../../../vectors/azure-app-configuration/received.json' with { type: 'json' };
import sinchCaptured from '../../../../vectors/sinch-application/captured.json' with { type: 'json' };
import sinchPublished from '../../../../vectors/sinch-application/published.json' with { type: 'json' };
import sinchReceived from '../../../../vectors/sinch-application/received.json' with { type: 'json' };
import sinchRecorded from '../../../../vectors/sinch-application/recorded.json' with { type: 'json' };
import numbersPublished from '../../../../vectors/sinch-numbers/published.json' with { type: 'json' };
import numbersReceived from '../../../../vectors/sinch-numbers/received.json' with { type: 'json' };
import voiceV2Published from '../../../../vectors/sinch-voice-v2/published.json' with { type: 'json' };
import voiceV2Received from '../../../../vectors/sinch-voice-v2/received.json' with { type: 'json' };
import webhookPublished from '../../../../vectors/sinch-webhook/published.json' with { type: 'json' };
import webhookReceived from '../../../../vectors/sinch-webhook/received.json' with { type: 'json' };
import type { Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { azureAppConfiguration } from '@countersign/core/schemes/azure-app-configuration';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchNumbers } from '@countersign/core/schemes/sinch-numbers';
import { sinchVoiceV2 } from '@countersign/core/schemes/sinch-voice-v2';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { Secret, type Credential } from '@countersign/core/secret';

/** The format is described in vectors/README.md. */
export interface SignVector extends VectorHead {
  readonly date?: string;
  readonly dateHeader?: string;
  readonly stages: {
    readonly contentHash: string;
    readonly parts: Readonly<Record<string, string>>;
    readonly stringToSign: string;
    readonly signature: string;
  };
  readonly adds: readonly (readonly [string, string])[];
}

export interface ReceivedVector extends VectorHead {
  readonly now: string;
  readonly outcome: { readonly strict: string; readonly deviation?: string };
  readonly signedByClient?: string;
}

interface VectorHead {
  readonly id: string;
  readonly title: string;
  readonly key: { readonly id?: string; readonly secret: string };
  readonly request: {
    readonly method: string;
    readonly target: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: string | { readonly base64: string } | { readonly repeat: string; readonly count: number };
  };
}

export interface SchemeVectors {
  readonly scheme: Scheme;
  readonly sign: readonly SignVector[];
  readonly received: readonly ReceivedVector[];
}

const list = (...files: readonly { readonly vectors: readonly unknown[] }[]): never =>
  files.flatMap(({ vectors }) => vectors) as never;

export const schemeVectors: readonly SchemeVectors[] = [
  { scheme: acsHmac, sign: list(acsPublished, acsRecorded, acsCaptured), received: list(acsReceived) },
  { scheme: sinchApplication, sign: list(sinchPublished, sinchRecorded, sinchCaptured), received: list(sinchReceived) },
  { scheme: sinchVoiceV2, sign: list(voiceV2Published), received: list(voiceV2Received) },
  { scheme: sinchWebhook, sign: list(webhookPublished), received: list(webhookReceived) },
  { scheme: sinchNumbers, sign: list(numbersPublished), received: list(numbersReceived) },
  {
    scheme: azureAppConfiguration,
    sign: list(appConfigurationComputed),
    received: list(appConfigurationReceived),
  },
];

export function vectorMessage({ request }: VectorHead, added: SignVector['adds'] = []): Message {
  return { ...request, headers: [...request.headers, ...added], body: bodyBytes(request.body) };
}

export function vectorCredential({ key }: VectorHead, scheme: Scheme): Credential {
  return { secret: new Secret(key.secret, scheme.key.encoding), ...(key.id !== undefined && { keyId: key.id }) };
}

function bodyBytes(body: VectorHead['request']['body']): Uint8Array {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if ('repeat' in body) return new TextEncoder().encode(body.repeat.repeat(body.count));
  return Uint8Array.from(atob(body.base64), (character) => character.charCodeAt(0));
}
