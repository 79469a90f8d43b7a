// The requests that the rows sign and verify: ACS's Play and Sinch's text-to-speech callout, with bodies of 300 bytes.
import { message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';

const json = { 'Content-Type': 'application/json' };
const padded = (value, length) => {
  const text = 'The quick brown fox jumps over the lazy dog. '.repeat(10);
  return JSON.stringify(value(text.slice(0, length - JSON.stringify(value('')).length)));
};

export const acsUrl =
  'https://contoso.communication.azure.com/calling/callConnections/401f3500-1b2c-4d5e-8f90-0123456789ab:play?api-version=2023-10-15';
export const acsKey = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==';
export const acsCredential = { secret: new Secret(acsKey, 'base64') };
export const acsBody = padded(
  (text) => ({ playSources: [{ kind: 'text', text: { text, sourceLocale: 'en-US' } }] }),
  300,
);
export const acsMessage = message({ method: 'POST', url: acsUrl, headers: json, body: acsBody });

export const sinchPath = '/calling/v1/callouts';
export const sinchKey = { id: '5F5C418A0F914BBC8234A9BF5EDDAD97', secret: 'JViE5vDor0Sw3WllZka15Q==' };
export const sinchCredential = { keyId: sinchKey.id, secret: new Secret(sinchKey.secret, 'base64') };
export const sinchBody = padded((text) => ({ method: 'ttsCallout', ttsCallout: { text, locale: 'en-US' } }), 300);
export const sinchMessage = message({
  method: 'POST',
  url: `https://calling.api.sinch.com${sinchPath}`,
  headers: json,
  body: sinchBody,
});

/** The requests with their signatures, made now. */
export const signedAcs = () => withHeaders(acsMessage, sign(acsHmac, acsCredential, acsMessage).headers);
export const signedSinch = () =>
  withHeaders(sinchMessage, sign(sinchApplication, sinchCredential, sinchMessage).headers);

function withHeaders(unsigned, headers) {
  return { ...unsigned, headers: [...unsigned.headers, ...headers] };
}
