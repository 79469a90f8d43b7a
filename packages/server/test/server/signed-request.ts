import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { message } from '@countersign/core/message';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { developmentAccount } from '@countersign/core/development-account';

/** Sends a request signed with the development account's key. */
export async function sendSigned(
  provider: 'acs' | 'sinch',
  method: string,
  url: string,
  body?: unknown,
): Promise<Response> {
  const { acs, sinch } = developmentAccount;
  const text = body === undefined ? '' : JSON.stringify(body);
  const headers: [string, string][] = text === '' ? [] : [['Content-Type', 'application/json']];
  const unsigned = message({ method, url, headers, body: text });
  const signed =
    provider === 'acs'
      ? sign(acsHmac, { secret: new Secret(acs.accessKey, 'base64') }, unsigned)
      : sign(
          sinchApplication,
          { keyId: sinch.applicationKey, secret: new Secret(sinch.applicationSecret, 'base64') },
          unsigned,
        );
  const all = [...headers, ...signed.headers].map(([name, value]): [string, string] => [name, value]);
  return fetch(url, { method, headers: all, ...(text !== '' && { body: text }) });
}

/** CreateCall to a number. */
export function createCall(server: string, to: string, callbackUri: string): Promise<Response> {
  return sendSigned('acs', 'POST', `${server}/calling/callConnections?api-version=2024-04-15`, {
    targets: [{ kind: 'phoneNumber', phoneNumber: { value: to } }],
    sourceCallerIdNumber: { value: '+12065550100' },
    callbackUri,
    callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://speech.example.com/' },
  });
}
