import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { diagnose, type Diagnosis, type DiagnoseOptions, type Mistake } from '@countersign/core/diagnose';
import type { Message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { acsRequest, sinchKeyId, sinchRequest, type Intent } from './broken-requests.ts';
import { expectOfItsPlace, expectOwnNames, expectWhole } from './speakable.ts';

const intent: Intent = {
  method: 'POST',
  host: 'contoso.communication.azure.com',
  path: '/calling/callConnections/4f1e9c1e-6b1e-4c3a-9b1d-2f6d1c0a7e55:play',
  query: 'api-version=2024-09-15',
  contentType: 'application/json',
  body: '{"text":"Hello\\nWorld","note":"é"}',
  at: new Date('2026-03-10T08:15:30.000Z'),
  secret: Buffer.alloc(48, 200).toString('base64'),
};

const judge = (message: Message, options: DiagnoseOptions = {}): Diagnosis =>
  diagnose(acsHmac, { secret: intent.secret }, message, { now: intent.at, ...options });

function mistakeOf({ mistakes }: Diagnosis, id: string): Mistake {
  const found = mistakes.find((mistake) => mistake.id === id);
  if (!found) throw new Error(`${id} was not found, but ${mistakes.map((mistake) => mistake.id).join()}`);
  return found;
}

describe('a slash too many is told of the one who has it', () => {
  const emails: Intent = { ...intent, path: '//emails:send', query: 'api-version=2023-03-31' };

  test('the URL, where it was sent and not signed', () => {
    const message = acsRequest(emails, (signing) => {
      signing.target = signing.target.slice(1);
      signing.host += '/';
    });
    const found = judge(message);
    const { summary, fix } = mistakeOf(found, 'url/path');
    expect(summary).toBe(
      'The request was sent to //emails:send?api-version=2023-03-31, and you signed /emails:send?api-version=2023-03-31: the URL was put together with one slash too many.',
    );
    expect(fix.javascript).toContain("endpoint.replace(/\\/+$/, '') + path");
    expect(fix.python).toContain("endpoint.rstrip('/') + path");
    expect(mistakeOf(found, 'url/host').summary).toBe(
      'You signed the host "contoso.communication.azure.com/" (with a trailing slash); the request was sent to "contoso.communication.azure.com".',
    );
  });

  test('the signed path, where it was signed and not sent', () => {
    const message = acsRequest(
      { ...emails, path: '/emails:send' },
      (signing) => (signing.target = `/${signing.target}`),
    );
    expect(mistakeOf(judge(message), 'url/path').summary).toBe(
      'You signed //emails:send?api-version=2023-03-31 (its leading slash is doubled); the request was sent to /emails:send?api-version=2023-03-31.',
    );
  });
});

describe('a string to sign of the signer’s own', () => {
  const lines = ['POST', `${intent.path}?${intent.query}`];
  const date = intent.at.toUTCString();
  const hash = createHash('sha256').update(intent.body).digest('base64');

  test.each([
    ['method', 'method/other', `FETCH\n${lines[1]}\n${date};${intent.host};${hash}`],
    ['target', 'url/path', `POST\n/dancing?\n${date};${intent.host};${hash}`],
    ['date', 'date/not-the-one-sent', `POST\n${lines[1]}\nyesterday;${intent.host};${hash}`],
    ['host', 'url/host', `POST\n${lines[1]}\n${date};${intent.host}:8443:1;${hash}`],
    ['content-hash', 'content-hash/mismatch', `POST\n${lines[1]}\n${date};${intent.host};!${hash}`],
  ])('departs in the %s, and no whole string is called by that name', (part, id, own) => {
    const message = acsRequest(intent, (signing) => (signing.finish = () => own));
    const [mistake] = judge(message, { yourStringToSign: own, budget: { candidates: 1 } }).mistakes;
    expect(mistake).toMatchObject({ id, at: { part } });
    expect(mistake?.summary).toMatch(
      new RegExp(`^Your string to sign departs from the verifier’s at byte \\d+ of the ${part}: `),
    );
    expect(mistake?.summary).not.toContain(own.slice(0, 60));
  });
});

describe('a fix is for the very mistake', () => {
  test.each(['accesskey=', 'whsec_', 'AccessKey='])('the prefix %s is the one that is taken off', (prefix) => {
    const key = Buffer.from(`${prefix}${intent.secret}`);
    const mistake = mistakeOf(judge(acsRequest(intent, (signing) => (signing.key = key))), 'key/prefix');
    expect(mistake.summary).toBe(`The prefix "${prefix}" was taken as part of the key.`);
    for (const code of Object.values(mistake.fix)) expect(code.toLowerCase()).toContain(prefix.toLowerCase());
    if (prefix !== 'whsec_') expect(JSON.stringify(mistake.fix)).not.toContain('whsec_');
  });

  test('a list declared in capital letters is fixed with the list, not with lines that the scheme does not have', () => {
    const message = acsRequest(intent, (signing) => {
      const own = signing.authorization;
      signing.authorization = (signature) => own(signature).replace('x-ms-date;host', 'X-MS-Date;Host');
    });
    const { fix } = mistakeOf(judge(message), 'header/name-case');
    expect(fix.python).toContain("signed_headers = 'x-ms-date;host;x-ms-content-sha256'");
    expect(JSON.stringify(fix)).not.toContain('lower()');
  });

  test('a label in capital letters is fixed with the string to sign', () => {
    const call = { ...intent, path: '/calling/v1/callouts', query: '' };
    const message = sinchRequest(call, (signing) => {
      signing.finish = (text) => text.replace('x-timestamp:', 'X-Timestamp:');
    });
    const credential = { keyId: sinchKeyId, secret: intent.secret };
    const found = diagnose(sinchApplication, credential, message, { now: intent.at });
    expect(mistakeOf(found, 'header/name-case').fix.javascript).toContain('\\nx-timestamp:${date}\\n');
  });

  test('a placeholder of a body is filled with the value as it is, one of a URL with the value encoded', () => {
    const inBody = acsRequest(intent, (signing, { body }) => {
      signing.hash = createHash('sha256').update(body.replace('é', '{{note}}')).digest('base64');
    });
    const body = mistakeOf(judge(inBody), 'template/unresolved');
    expect(body.summary).toBe('You signed the text {{note}} in the body; the request went out with its value é.');
    expect(body.fix.javascript).toContain("replaceAll('{{note}}', note)");
    expect(body.fix.php).toContain("str_replace('{{note}}', $note, $template)");
    const inPath = acsRequest(intent, (signing) => {
      signing.target = signing.target.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '{{callConnectionId}}');
    });
    expect(mistakeOf(judge(inPath), 'template/unresolved').fix.javascript).toContain('encodeURIComponent(callCon');
  });

  test('several placeholders are one sentence, and an endpoint that was signed is left out by taking the path', () => {
    const both = acsRequest(intent, (signing) => {
      const path = signing.target.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '{{callConnectionId}}');
      signing.target = `{{endpoint}}${path}`;
    });
    expect(mistakeOf(judge(both), 'template/unresolved').summary).toBe(
      'You signed the texts {{endpoint}} and {{callConnectionId}}; the request went out with their values: 4f1e9c1e-6b1e-4c3a-9b1d-2f6d1c0a7e55 for {{callConnectionId}}.',
    );
    const endpoint = acsRequest(intent, (signing) => (signing.target = `{{endpoint}}${signing.target}`));
    expect(mistakeOf(judge(endpoint), 'template/unresolved').fix.javascript).toBe(
      'const { pathname, search } = new URL(url); const target = pathname + search;',
    );
  });

  test('headers that are declared in another order are fixed with the list, a date that was not sent with the header', () => {
    const order = acsRequest(intent, (signing) => {
      const own = signing.authorization;
      signing.authorization = (signature) => own(signature).replace('x-ms-date;host', 'host;x-ms-date');
    });
    expect(mistakeOf(judge(order), 'header/signed-set').fix.javascript).toMatch(/^const signedHeaders = 'x-ms-date;/);
    const unsent = acsRequest(intent, (signing) => {
      signing.headers = (headers) => headers.filter(([name]) => name !== 'x-ms-date');
    });
    expect(mistakeOf(judge(unsent, { budget: { candidates: 1 } }), 'header/signed-set').fix.javascript).toMatch(
      /^headers\['x-ms-date'\] = date;/,
    );
  });
});

test('the first character that was hashed otherwise is counted in characters of the body', () => {
  const message = acsRequest(intent, (signing, { body }) => {
    signing.hash = createHash('sha256').update(Buffer.from(body, 'latin1')).digest('base64');
  });
  // Python: '{"text":"Hello\\nWorld","note":"é"}'.index('é') + 1
  expect(mistakeOf(judge(message), 'body/charset').summary).toMatch(/"é" \(U\+00E9\), character 32\.$/);
});

test('of a webhook, too, every sentence is whole and every fix is of its scheme', () => {
  const secret = 'a webhook secret of its own';
  const timestamp = String(intent.at.getTime() / 1000);
  const sign = (body: string, nonce = '01FJA8B4A7BM43YGWSG9GBV067', time = timestamp): Message => ({
    method: 'POST',
    target: '/webhook',
    headers: [
      ['x-sinch-webhook-signature-timestamp', timestamp],
      ['x-sinch-webhook-signature-nonce', '01FJA8B4A7BM43YGWSG9GBV067'],
      ['x-sinch-webhook-signature', createHmac('sha256', secret).update(`${body}.${nonce}.${time}`).digest('base64')],
    ],
    body: Buffer.from(intent.body),
  });
  const broken = [
    sign(JSON.stringify(JSON.parse(intent.body), null, 2)),
    sign(`${intent.body}\n`),
    sign(''),
    sign(intent.body, ''),
    sign(intent.body, undefined, `${timestamp}000`),
    sign(intent.body, undefined, String(Number(timestamp) - 3)),
  ];
  for (const message of broken) {
    const found = diagnose(sinchWebhook, { secret }, message, { now: intent.at });
    expect(found.verdict).toBe('explained');
    for (const mistake of [found.mistakes, ...found.alternatives].flat()) {
      expectWhole(mistake.summary);
      expectOfItsPlace(mistake, sinchWebhook);
      expectOwnNames(mistake, sinchWebhook);
    }
  }
});
