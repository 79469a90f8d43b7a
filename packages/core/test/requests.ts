import { message, type Header, type Message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret, type Credential } from '@countersign/core/secret';
import type { Scheme } from '@countersign/core/scheme';
import { sign, type SignOptions } from '@countersign/core/sign';
import { signedMessage } from '@countersign/core/signed-message';

/** The time at which the requests of these tests are signed. */
export const signedAt = new Date('2024-05-27T09:08:07Z');

const acsKey = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==';
export const acsCredential: Credential = { secret: new Secret(acsKey, 'base64'), name: 'primary' };
export const sinchCredential: Credential = {
  keyId: '5F5C418A0F914BBC8234A9BF5EDDAD97',
  secret: new Secret('JViE5vDor0Sw3WllZka15Q==', 'base64'),
};

/** What a call throws. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** A message with the headers that signing adds. */
export function signed(scheme: Scheme, credential: Credential, unsigned: Message, options?: SignOptions): Message {
  return signedMessage(unsigned, sign(scheme, credential, unsigned, { date: signedAt, ...options }));
}

export function acsRequest(options?: SignOptions): Message {
  const url = 'https://contoso.communication.azure.com/calling/callConnections/1234:play?api-version=2023-10-15';
  const headers = { 'Content-Type': 'application/json' };
  return signed(acsHmac, acsCredential, message({ method: 'POST', url, headers, body: '{"playSources":[]}' }), options);
}

export function sinchRequest(options?: SignOptions): Message {
  const headers = { 'Content-Type': 'application/json' };
  const body = '{"message":"Hello world"}';
  const unsigned = message({ method: 'POST', url: 'https://calling.api.sinch.com/calling/v1/callouts', headers, body });
  return signed(sinchApplication, sinchCredential, unsigned, options);
}

/** The message with a header set to another value, or removed, wherever it stands. */
export function withHeader(request: Message, name: string, value: string | undefined): Message {
  const headers = request.headers.flatMap(([spelled, old]): Header[] => {
    if (spelled.toLowerCase() !== name.toLowerCase()) return [[spelled, old]];
    return value === undefined ? [] : [[spelled, value]];
  });
  return { ...request, headers };
}

/** The message with one header line more. */
export function plusHeader(request: Message, name: string, value: string): Message {
  return { ...request, headers: [...request.headers, [name, value]] };
}
