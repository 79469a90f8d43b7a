import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { diagnose, type Diagnosis, type DiagnoseOptions } from '@countersign/core/diagnose';
import type { Header, Message } from '@countersign/core/message';
import { defineScheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchNumbers } from '@countersign/core/schemes/sinch-numbers';
import { azureSas } from '@countersign/core/schemes/azure-sas';
import { bird } from '@countersign/core/schemes/bird';
import { messagebirdLegacy } from '@countersign/core/schemes/messagebird-legacy';
import { vonageSms } from '@countersign/core/schemes/vonage-sms';
import { authorizationFixes } from '../../src/diagnose/fixes/authorization.ts';
import { signatureFixes } from '../../src/diagnose/fixes/digest.ts';
import { stringToSignFixes } from '../../src/diagnose/fixes/string-to-sign.ts';

const secret = 'JViE5vDor0Sw3WllZka15Q==';
const body = '{"message":"Hello"}';
const now = new Date('2026-04-01T12:00:00Z');
const timestamp = '2026-04-01T12:00:00Z';
const path = '/calling/v1/callouts';
const md5 = createHash('md5').update(body).digest('base64');
const lines = ['POST', md5, 'application/json', `x-timestamp:${timestamp}`, path];

/** A Sinch request whose string to sign is given. */
function sinch(text: string | undefined, { target = path, algorithm = 'sha256', date = timestamp } = {}): Message {
  const headers: Header[] = [['Content-Type', 'application/json']];
  if (date !== '') headers.push(['x-timestamp', date]);
  if (text !== undefined) {
    const mac = createHmac(algorithm, Buffer.from(secret, 'base64')).update(text).digest('base64');
    headers.push(['Authorization', `application app:${mac}`]);
  }
  return { method: 'POST', target, headers, body: new TextEncoder().encode(body) };
}

const judge = (message: Message, options: DiagnoseOptions = {}): Diagnosis =>
  diagnose(sinchApplication, { keyId: 'app', secret }, message, { now, ...options });
const first = (diagnosis: Diagnosis) => {
  const [mistake] = diagnosis.mistakes;
  if (!mistake) throw new Error('no mistake was found');
  return mistake;
};

describe('the fixes for a Sinch request follow its scheme', () => {
  test('an old date is fixed with the current one in ISO 8601, and its age reads as people say it', () => {
    const mistake = first(judge(sinch(lines.join('\n')), { now: new Date('2026-04-02T02:00:00Z') }));
    expect(mistake).toMatchObject({ id: 'date/clock-skew', expected: '2026-04-02T02:00:00.000Z' });
    expect(mistake.summary).toContain('is 14 h behind');
    expect(mistake.fix.javascript).toContain('new Date().toISOString()');
    expect(mistake.fix.php).toContain("gmdate('Y-m-d\\TH:i:s\\Z')");
    expect(JSON.stringify(mistake.fix)).not.toMatch(/toUTCString|D, d M Y/);
  });

  test('a date that was not sent is fixed with a header of its own name', () => {
    const diagnosis = judge(sinch(lines.join('\n'), { date: '' }), { budget: { candidates: 1 } });
    const mistake = diagnosis.mistakes.find(({ id }) => id === 'header/signed-set');
    expect(mistake).toMatchObject({ expected: 'an x-timestamp header' });
    expect(mistake?.fix.python).toBe("headers['x-timestamp'] = date  # the same text that is signed");
    expect(JSON.stringify(mistake?.fix)).not.toMatch(/x-ms|SignedHeaders/);
  });

  test('a string to sign in another order is fixed with the five lines', () => {
    const mistake = first(judge(sinch([md5, 'POST', ...lines.slice(2)].join('\n'))));
    expect(mistake.id).toBe('layout/order');
    expect(mistake.fix.javascript).toBe(
      'const stringToSign = `${method}\\n${contentHash}\\n${contentType}\\nx-timestamp:${date}\\n${path}`;',
    );
    expect(mistake.fix.java).toBe(
      'String stringToSign = method + "\\n" + contentHash + "\\n" + contentType + "\\nx-timestamp:" + date + "\\n" + path;',
    );
  });

  test('a content hash of another algorithm is fixed with MD5', () => {
    const sha256 = createHash('sha256').update(body).digest('base64');
    const mistake = first(judge(sinch(lines.with(1, sha256).join('\n'))));
    expect(mistake).toMatchObject({ id: 'content-hash/algorithm' });
    expect(mistake.fix.javascript).toBe("const contentHash = createHash('md5').update(body).digest('base64');");
  });

  test('a placeholder is replaced by the very text that was signed', () => {
    const message = sinch(lines.with(4, '/calling/v1/calls/id/{{callId}}').join('\n'), {
      target: '/calling/v1/calls/id/a1b2',
    });
    const mistake = first(judge(message, { variables: { callId: 'a1b2' } }));
    expect(mistake.id).toBe('template/unresolved');
    expect(mistake.fix.javascript).toContain("replaceAll('{{callId}}', encodeURIComponent(callId))");
    expect(mistake.fix.python).toContain("replace('{{callId}}', quote(call_id, safe=''))");
    expect(mistake.fix.php).toContain("str_replace('{{callId}}', rawurlencode($callId), $template)");
    expect(mistake.fix.postman).toContain('pm.variables.replaceIn(');
  });
});

test.each([
  [sinchApplication, "headers['authorization'] = `application ${keyId}:${signature}`;"],
  [
    acsHmac,
    "headers['authorization'] = `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`;",
  ],
])('a request without a signature leads with that, and names no header as signed: $id', (scheme, fix) => {
  const diagnosis = diagnose(scheme, { secret }, sinch(undefined, { date: '' }), { now });
  expect(diagnosis.verdict).toBe('malformed');
  expect(first(diagnosis)).toMatchObject({
    id: 'header/authorization-syntax',
    summary: 'The request carries no signature: it has no Authorization header.',
    fix: { javascript: fix },
  });
  expect(JSON.stringify(diagnosis)).not.toContain('is signed and was not sent');
});

test('a key that was decoded though its scheme takes it as text is fixed by not decoding it', () => {
  const text = 'JViE5vDor0Sw3WllZka15Q==';
  const mac = createHmac('sha1', Buffer.from(text, 'base64')).update(body).digest('hex');
  const message: Message = {
    method: 'POST',
    target: '/numbers',
    headers: [['X-Sinch-Signature', mac]],
    body: new TextEncoder().encode(body),
  };
  const mistake = first(diagnose(sinchNumbers, { secret: text }, message, { now }));
  expect(mistake.id).toBe('key/encoding');
  expect(mistake.fix.python).toContain('secret.encode()');
  expect(mistake.fix.javascript).toContain("Buffer.from(secret, 'utf8')");
});

test('swapped arguments are fixed with the algorithm of the scheme', () => {
  const key = 'the secret of a numbers account';
  const mac = createHmac('sha1', body).update(key).digest('hex');
  const message: Message = {
    method: 'POST',
    target: '/numbers',
    headers: [['X-Sinch-Signature', mac]],
    body: new TextEncoder().encode(body),
  };
  const mistake = first(diagnose(sinchNumbers, { secret: key }, message, { now }));
  expect(mistake.id).toBe('key/swapped-with-message');
  expect(mistake.fix.javascript).toContain("createHmac('sha1', key)");
});

// Each was pasted into its language (C# and PowerShell aside), and printed the text with "H" behind it.
test.each([
  ['javascript', 'const stringToSign = `a\\${b}{c}#{d}$e\'f\\"g\\`h\\\\i\\n${contentHash}`;'],
  ['python', "string_to_sign = f'a${{b}}{{c}}#{{d}}$e\\'f\\\"g`h\\\\i\\n{content_hash}'"],
  ['csharp', 'var stringToSign = $"a${{b}}{{c}}#{{d}}$e\'f\\"g`h\\\\i\\n{contentHash}";'],
  ['java', 'String stringToSign = "a${b}{c}#{d}$e\'f\\"g`h\\\\i\\n" + contentHash;'],
  ['php', '$stringToSign = "a\\${b}{c}#{d}\\$e\'f\\"g`h\\\\i\\n{$contentHash}";'],
  ['go', 'stringToSign := "a${b}{c}#{d}$e\'f\\"g`h\\\\i\\n" + contentHash'],
  ['ruby', 'string_to_sign = "a${b}{c}\\#{d}$e\'f\\"g`h\\\\i\\n#{content_hash}"'],
  ['bash', 'string_to_sign=$\'a${b}{c}#{d}$e\\\'f\\"g`h\\\\i\\n\'"$content_hash"'],
  ['powershell', '$stringToSign = "a`${b}{c}#{d}`$e\'f`"g``h\\i`n$($contentHash)"'],
] as const)(
  'a text of the scheme with signs of the language in it is written so that it stays what it is: %s',
  (language, code) => {
    const scheme = defineScheme({
      id: 'signs',
      title: 'Signs',
      documentation: 'https://example.com/',
      key: { encoding: 'utf8' },
      mac: { algorithm: 'sha256', encoding: 'hex' },
      contentHash: { algorithm: 'sha256', encoding: 'hex', empty: 'hashed' },
      authorization: { header: 'x-signature', template: '{signature}' },
      parts: [
        { name: 'text', source: { from: 'literal', text: 'a${b}{c}#{d}$e\'f"g`h\\i' }, after: '\n' },
        { name: 'content-hash', source: { from: 'content-hash' }, after: '' },
      ],
    });
    const hash = createHash('sha256').update(body).digest('hex');
    const mac = createHmac('sha256', 'demosecret').update(`${hash}\na\${b}{c}#{d}$e'f"g\`h\\i`).digest('hex');
    const received: Message = { method: 'POST', target: '/', headers: [['x-signature', mac]], body: Buffer.from(body) };
    const mistake = first(diagnose(scheme, { secret: 'demosecret' }, received, { now }));
    expect(mistake.id).toBe('layout/order');
    expect(mistake.fix[language]?.replace(/ {1,2}(?:#|\/\/) .*$/, '')).toBe(code);
  },
);

describe('a fix is what its scheme has, where the scheme is unlike most', () => {
  test('an MD5 with the secret behind is fixed as one, and not as an HMAC', () => {
    expect(signatureFixes(vonageSms).javascript).toBe(
      "const signature = createHash('md5').update(stringToSign).update(key).digest('hex');",
    );
  });

  test('a digest that is signed as bytes is never put into a text', () => {
    for (const scheme of [bird, messagebirdLegacy]) {
      const { javascript, java, go, python } = stringToSignFixes(scheme);
      expect(javascript).toContain("createHash('sha256').update(body).digest()]");
      expect(java).toMatch(
        /mac\.update\(.*\.getBytes\(StandardCharsets\.UTF_8\)\); String signature = .*digest\(body\)/,
      );
      expect(go).toContain('return sum[:] }())');
      expect(python).toContain('.encode() + hashlib.sha256(body).digest()');
      expect(signatureFixes(scheme).javascript).toBe(javascript);
    }
  });

  test('a signature that a parameter carries is put among the parameters, and in a URL it is escaped', () => {
    expect(authorizationFixes(vonageSms).python).toBe("fields['sig'] = signature");
    expect(authorizationFixes(azureSas).javascript).toMatch(
      /^const escapedSignature = encodeURIComponent\(signature\);\n.*&sig=\$\{escapedSignature\}&/,
    );
  });
});

test('a target that is no text ends no diagnosis', () => {
  const signature = createHmac('sha256', 'key').update('something else').digest('base64');
  const headers: Header[] = [
    ['messagebird-request-timestamp', '1775044800'],
    ['messagebird-signature', signature],
  ];
  const message = { method: 'GET', target: '/hook?a=\ud800', headers, body: new Uint8Array() };
  const options = { now, budget: { candidates: 2_000 } };
  expect(diagnose(messagebirdLegacy, { secret: 'key' }, message, options).verdict).not.toBe('valid');
});
