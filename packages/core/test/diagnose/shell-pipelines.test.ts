import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { diagnose, type Diagnosis } from '@countersign/core/diagnose';
import type { Message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { digestReadings } from '../../src/diagnose/reading/received-signature.ts';
import { acsRequest, sinchKeyId, sinchRequest, type Intent, type Signing } from './broken-requests.ts';

const play: Intent = {
  method: 'POST',
  host: 'contoso.communication.azure.com',
  path: '/calling/callConnections/401f3500-1b2c-4d5e-8f90-0123456789ab:play',
  query: 'api-version=2023-10-15',
  contentType: 'application/json',
  body: '{"playSources":[{"kind":"text","text":{"text":"Hello"}}]}',
  at: new Date('2024-05-27T09:08:07Z'),
  secret: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==',
};
const callout: Intent = { ...play, host: 'calling.api.sinch.com', path: '/calling/v1/callouts', query: '' };

const judgeAcs = (message: Message, secret = play.secret): Diagnosis =>
  diagnose(acsHmac, { secret }, message, { now: play.at, exactBody: true });
const judgeSinch = (message: Message): Diagnosis =>
  diagnose(sinchApplication, { keyId: sinchKeyId, secret: play.secret }, message, { now: play.at, exactBody: true });
const ids = ({ verdict, mistakes }: Diagnosis): string => `${verdict} ${mistakes.map(({ id }) => id).join()}`;
const acs = (breaker: (signing: Signing, intent: Intent) => void): string => ids(judgeAcs(acsRequest(play, breaker)));
const sinch = (breaker: (signing: Signing, intent: Intent) => void): string =>
  ids(judgeSinch(sinchRequest(callout, breaker)));

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const hexOf = (digest: string): string => Buffer.from(digest, 'base64').toString('hex');

// `printf hello > body.json`, and each command run: openssl 3.0.19 and coreutils 9.1 here; what older versions of openssl
// print is of github.com/PeterPawn/decoder/pull/32, github.com/palantir/godel/pull/630 and openssl/openssl issue 13983.
const hello = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';
const helloWithKey = '406e4b43f87095aa86ca6299d25e875921fefa180f02043bb29bec5681c0c2d0';
const printed: readonly [command: string, output: string, hex: string][] = [
  ['openssl dgst -sha256 < body.json', `SHA2-256(stdin)= ${hello}\n`, hello],
  ['openssl dgst -sha256 -hmac k < body.json', `SHA2-256(stdin)= ${helloWithKey}\n`, helloWithKey],
  ['openssl dgst -sha256 -hmac k body.json', `HMAC-SHA2-256(body.json)= ${helloWithKey}\n`, helloWithKey],
  ['openssl 1.1.1: openssl dgst -sha256 body.json', `SHA256(body.json)= ${hello}\n`, hello],
  ['openssl 1.1.1: openssl dgst -sha256 -hmac k body.json', `HMAC-SHA256(body.json)= ${helloWithKey}\n`, helloWithKey],
  ['openssl 1.1.1: openssl dgst -sha256 < body.json', `(stdin)= ${hello}\n`, hello],
  ['openssl dgst -sha256 -r < body.json', `${hello} *stdin\n`, hello],
  ['openssl dgst -sha256 -r body.json', `${hello} *body.json\n`, hello],
  [
    'openssl dgst -sha256 -c body.json',
    'SHA2-256(body.json)= 2c:f2:4d:ba:5f:b0:a3:0e:26:e8:3b:2a:c5:b9:e2:9e:1b:16:1e:5c:1f:a7:42:5e:73:04:33:62:93:8b:98:24\n',
    hello,
  ],
  ['sha256sum < body.json', `${hello}  -\n`, hello],
  ['sha256sum body.json', `${hello}  body.json\n`, hello],
  ['sha256sum --tag body.json', `SHA256 (body.json) = ${hello}\n`, hello],
  ['md5sum < body.json', '5d41402abc4b2a76b9719d911017c592  -\n', '5d41402abc4b2a76b9719d911017c592'],
  ['sha256sum body.json | cut -d" " -f1', `${hello}\n`, hello],
  ['openssl dgst -sha256 body.json | cut -d= -f2', ` ${hello}\n`, hello],
  [
    'openssl dgst -sha256 -hmac k -binary body.json | xxd -p',
    `${helloWithKey.slice(0, 60)}\n${helloWithKey.slice(60)}\n`,
    helloWithKey,
  ],
  [
    'openssl dgst -sha256 -c body.json | sed "s/.*= //"',
    '2c:f2:4d:ba:5f:b0:a3:0e:26:e8:3b:2a:c5:b9:e2:9e:1b:16:1e:5c:1f:a7:42:5e:73:04:33:62:93:8b:98:24\n',
    hello,
  ],
  [
    'openssl dgst -sha256 -binary body.json | od -An -tx1',
    ' 2c f2 4d ba 5f b0 a3 0e 26 e8 3b 2a c5 b9 e2 9e\n 1b 16 1e 5c 1f a7 42 5e 73 04 33 62 93 8b 98 24\n',
    hello,
  ],
  [
    'BitConverter.ToString(hash)',
    '2C-F2-4D-BA-5F-B0-A3-0E-26-E8-3B-2A-C5-B9-E2-9E-1B-16-1E-5C-1F-A7-42-5E-73-04-33-62-93-8B-98-24',
    hello,
  ],
  [
    'openssl mac -digest SHA256 -macopt key:k -in body.json HMAC',
    '406E4B43F87095AA86CA6299D25E875921FEFA180F02043BB29BEC5681C0C2D0\n',
    helloWithKey,
  ],
  [
    'openssl mac … -binary HMAC | xxd',
    '00000000: 406e 4b43 f870 95aa 86ca 6299 d25e 8759  @nKC.p....b..^.Y\n00000010: 21fe fa18 0f02 043b b29b ec56 81c0 c2d0  !......;...V....\n',
    helloWithKey,
  ],
];

describe('a digest is read out of what a tool printed', () => {
  const read = (text: string, hex: string): string[] =>
    digestReadings(text, hex.length === 32 ? 'md5' : 'sha256', 'base64')
      .filter(({ extent }) => extent === 'whole')
      .map((reading) => hexOf(reading.base64));

  test.for(printed)('%s', ([, output, hex]) => {
    expect(read(output.trim(), hex)).toContain(hex);
    expect(read(base64(output), hex)).toContain(hex);
    expect(read(base64(output.trimEnd()), hex)).toContain(hex);
    // base64 of coreutils breaks its lines after 76 characters, that of openssl after 64.
    for (const length of [76, 64]) {
      const lines = base64(output).replace(new RegExp(`.{1,${length}}`, 'g'), '$&\n');
      expect(read(lines.trim(), hex)).toContain(hex);
      expect(read(lines.trim().replaceAll('\n', ' '), hex)).toContain(hex);
    }
  });

  test('two that differ in their file are not taken for one digest', () => {
    expect(read('SHA2-256(stdin)= 2cf24d', hello)).toEqual([]);
    expect(read(`SHA2-256(stdin) ${hello}`, hello)).toEqual([]);
  });
});

/** What a pipeline hands on where it should hand on the bytes of the digest. */
const pipelines: readonly [what: string, print: (hex: string) => string][] = [
  ['openssl dgst of 3.x', (hex) => `SHA2-256(stdin)= ${hex}\n`],
  ['openssl dgst of 1.1.1', (hex) => `(stdin)= ${hex}\n`],
  ['openssl dgst -r', (hex) => `${hex} *stdin\n`],
  ['sha256sum', (hex) => `${hex}  -\n`],
  ['sha256sum of a file', (hex) => `${hex}  body.json\n`],
  ['openssl dgst of a file', (hex) => `HMAC-SHA256(string.txt)= ${hex}\n`],
  ['awk or cut', (hex) => `${hex}\n`],
  ['xxd -p', (hex) => `${hex.slice(0, 60)}\n${hex.slice(60)}\n`],
];

describe('a signature that is what a tool printed is written otherwise, and nothing else is wrong', () => {
  test.for(pipelines)('%s, piped to base64', ([, print]) => {
    const breaker = (signing: Signing): void => {
      const { digest } = signing;
      signing.digest = (...given) => base64(print(hexOf(digest(...given))));
    };
    expect(acs(breaker)).toBe('explained digest/encoding');
    expect(sinch(breaker)).toBe('explained digest/encoding');
  });

  test.for(pipelines.slice(0, 6))('%s, as it stands', ([, print]) => {
    const breaker = (signing: Signing): void => {
      const { digest } = signing;
      signing.digest = (...given) => print(hexOf(digest(...given))).trim();
    };
    expect(acs(breaker)).toBe('explained digest/encoding');
    expect(sinch(breaker)).toBe('explained digest/encoding');
  });

  test('base64 that was broken into lines, which the header holds with a space', () => {
    const broken = (signing: Signing): void => {
      const { digest } = signing;
      signing.digest = (...given) => base64(`SHA2-256(stdin)= ${hexOf(digest(...given))}\n`).replace(/^.{76}/, '$& ');
    };
    expect(acs(broken)).toBe('explained digest/encoding');
    expect(sinch(broken)).toBe('explained digest/encoding');
  });

  test('what follows a signature of 64 digits is no second line of it', () => {
    const breaker = (signing: Signing): void => {
      const { digest } = signing;
      signing.digest = (...given) => `${hexOf(digest(...given))} test`;
    };
    expect(judgeAcs(acsRequest(play, breaker)).mistakes.map(({ id }) => id)).toContain('header/authorization-syntax');
  });

  test('a webhook whose signature is a whole line', () => {
    // printf %s '{"playSources":…}.nonce.1716800887' | openssl dgst -sha256 -hmac 'webhook secret'
    const line = 'SHA2-256(stdin)= abbad9b37ff461c23479e506d19ed21090052d3a289581ae3617655346fe81d0';
    const message: Message = {
      method: 'POST',
      target: '/hook',
      headers: [
        ['x-sinch-webhook-signature-timestamp', '1716800887'],
        ['x-sinch-webhook-signature-nonce', 'nonce'],
        ['x-sinch-webhook-signature', line],
      ],
      body: new TextEncoder().encode(callout.body),
    };
    expect(ids(diagnose(sinchWebhook, { secret: 'webhook secret' }, message, { now: play.at }))).toBe(
      'explained digest/encoding',
    );
  });
});

describe('a content hash that is what a tool printed is written otherwise', () => {
  test.for(pipelines)('%s, piped to base64', ([, print]) => {
    const found = acs((signing) => void (signing.hash = base64(print(hexOf(signing.hash)))));
    expect(found).toBe('explained content-hash/encoding');
  });

  test.for(pipelines.slice(0, 6))('%s, as it stands', ([, print]) => {
    const found = acs((signing) => void (signing.hash = print(hexOf(signing.hash)).trim()));
    expect(found).toBe('explained content-hash/encoding');
  });

  const md5 = (body: string, encoding: 'base64' | 'hex' = 'hex'): string =>
    createHash('md5').update(body).digest(encoding);

  test.each([
    ['md5sum | base64', base64(`${md5(callout.body)}  -\n`)],
    ['openssl md5 | base64, 3.x', base64(`MD5(stdin)= ${md5(callout.body)}\n`)],
    ['openssl md5 | base64, 1.1.1', base64(`(stdin)= ${md5(callout.body)}\n`)],
    ['md5sum | cut -c1-32 | base64', base64(`${md5(callout.body)}\n`)],
    ['md5sum body.json | base64', base64(`${md5(callout.body)}  body.json\n`)],
    ['md5sum', `${md5(callout.body)}  -`],
    ['openssl md5 -binary | base64, kept with its newline', `${md5(callout.body, 'base64')}\n`],
  ])('that is signed and not sent: %s', (_, hash) => {
    expect(sinch((signing) => void (signing.hash = hash))).toBe('explained content-hash/encoding');
  });

  test('echo without -n before md5sum | base64: two mistakes, both named', () => {
    const hash = base64(`${md5(`${callout.body}\n`)}  -\n`);
    expect(sinch((signing) => void (signing.hash = hash))).toBe('explained body/newlines,content-hash/encoding');
  });
});

describe('a key that went through a shell', () => {
  // python3: base64.b64encode(bytes(range(250, 256)) + b'\0\0key\0' + bytes(range(20)) + b'\n\n')
  const withZeros = '+vv8/f7/AABrZXkAAAECAwQFBgcICQoLDA0ODxAREhMKCg==';
  const zeros = { ...play, secret: withZeros };

  test.each([
    ['bash drops NUL bytes, and the newlines at its end', 'fafbfcfdfeff6b65790102030405060708090a0b0c0d0e0f10111213'],
    ['zsh drops the newlines at its end', 'fafbfcfdfeff00006b657900000102030405060708090a0b0c0d0e0f10111213'],
    ['an argument ends before its first NUL byte', 'fafbfcfdfeff'],
  ])('%s', (_, key) => {
    const message = acsRequest(zeros, (signing) => void (signing.key = Buffer.from(key, 'hex')));
    expect(ids(judgeAcs(message, withZeros))).toBe('explained key/encoding');
  });

  // php -r 'echo bin2hex(base64_decode("foo_secret12345A"));', the same of Ruby's unpack1("m"); and of base64 -d.
  test.each([
    ['PHP and Ruby skip "_"', '7e8a2c79cadeb75db7e390'],
    ['base64 -d ends at "_"', '7e8a'],
  ])('a text that is no base64 is decoded all the same: %s', (_, key) => {
    const signature = createHmac('sha256', Buffer.from(key, 'hex')).update('{}.nonce.1716800887').digest('base64');
    const message: Message = {
      method: 'POST',
      target: '/hook',
      headers: [
        ['x-sinch-webhook-signature-timestamp', '1716800887'],
        ['x-sinch-webhook-signature-nonce', 'nonce'],
        ['x-sinch-webhook-signature', signature],
      ],
      body: new TextEncoder().encode('{}'),
    };
    const found = diagnose(sinchWebhook, { secret: 'foo_secret12345A' }, message, { now: play.at, exactBody: true });
    expect(ids(found)).toBe('explained key/encoding');
  });
});

describe('curl -d @file sends a file without its line breaks', () => {
  // jq . of the body, and what curl 7.88.1 sends of it with -d @body.json.
  const pretty =
    '{\n  "playSources": [\n    {\n      "kind": "text",\n      "tags": [],\n      "note": "a, [b] {c}: \\"d\\""\n    }\n  ]\n}';
  const sent =
    '{  "playSources": [    {      "kind": "text",      "tags": [],      "note": "a, [b] {c}: \\"d\\""    }  ]}';

  test.each([
    ['with LF', `${pretty}\n`],
    ['with LF, read by $(cat body.json)', pretty],
    ['with CRLF', `${pretty}\n`.replaceAll('\n', '\r\n')],
    ['with tabs', `${pretty}\n`.replaceAll('  ', '\t')],
    ['with arrays on one line', '{\n  "a": [1, 2],\n  "b": {"c": 3}\n}\n'],
  ])('%s: one mistake, and --data-binary fixes it', (_, file) => {
    const body = file.replace(/[\r\n]/g, '');
    if (file.startsWith(pretty) && !file.includes('\r')) expect(body).toBe(sent);
    const found = judgeAcs(acsRequest({ ...play, body: file }, (signing) => void (signing.sentBody = body)));
    expect(ids(found)).toBe('explained body/newlines');
    expect(found.mistakes[0]?.summary).toContain('--data-binary');
    const signed = sinchRequest({ ...callout, body: file }, (signing) => void (signing.sentBody = body));
    expect(ids(judgeSinch(signed))).toBe('explained body/newlines');
  });

  test('echo $body without quotes has one space for each run of white space', () => {
    const body = `${pretty}\n`;
    // bash: body=$(cat body.json); echo $body | xxd
    const echoed = `${pretty.replace(/\s+/g, ' ')}\n`;
    const message = acsRequest({ ...play, body: echoed }, (signing) => void (signing.sentBody = body));
    expect(ids(judgeAcs(message))).toBe('explained body/newlines');
  });
});

describe('bytes of the whole string to sign', () => {
  test('a byte order mark before it', () => {
    expect(acs((signing) => void (signing.finish = (text) => `\ufeff${text}`))).toBe('explained layout/newlines');
    expect(sinch((signing) => void (signing.finish = (text) => `\ufeff${text}`))).toBe('explained layout/newlines');
  });

  test.each([
    ['encodeURIComponent', (text: string) => encodeURIComponent(text)],
    ['encodeURI', (text: string) => encodeURI(text)],
    ['JSON.stringify', (text: string) => JSON.stringify(text)],
    ['a form', (text: string) => new URLSearchParams({ '': text }).toString().slice(1)],
  ])('all of it escaped by %s', (_, finish) => {
    const breaker = (signing: Signing): void => void (signing.finish = finish);
    expect(acs(breaker)).toBe('explained layout/literal-newline');
    expect(sinch(breaker)).toBe('explained layout/literal-newline');
  });
});

describe('what sh makes of a string to sign', () => {
  // dash: echo -e "$string" prints its option; sh of macOS does so with -n.
  test.each(['-e', '-n', '-ne'])('echo %s', (option) => {
    const echoed = (signing: Signing): void => void (signing.finish = (text) => `${option} ${text}\n`);
    expect(acs(echoed)).toBe('explained layout/trailing-newline');
    expect(sinch(echoed)).toBe('explained layout/trailing-newline');
  });

  test.each<[string, string, (text: string) => string]>([
    ['\\n written out', 'layout/literal-newline', (text) => text.replaceAll('\n', String.raw`\n`)],
    ['echo $STRING', 'layout/separator', (text) => text.replaceAll('\n', ' ')],
    ['unix2dos', 'layout/newlines', (text) => text.replaceAll('\n', '\r\n')],
  ])('a newline that echo adds is told as that where the string has another fault: %s', (_, id, other) => {
    const echoed = (signing: Signing): void => void (signing.finish = (text) => `${other(text)}\n`);
    const wanted = [id, 'layout/trailing-newline'].toSorted().join();
    for (const found of [acs(echoed), sinch(echoed)]) {
      const [verdict, told = ''] = found.split(' ');
      expect([verdict, told.split(',').toSorted().join()]).toEqual(['explained', wanted]);
    }
  });

  test('a newline that echo adds to a URL that was signed whole', () => {
    const echoed = (signing: Signing, intent: Intent): void => {
      signing.target = `https://${intent.host}${signing.target}`;
      signing.finish = (text) => `${text}\n`;
    };
    expect(acs(echoed).split(/[ ,]/).toSorted()).toEqual(['explained', 'layout/trailing-newline', 'url/absolute']);
  });

  // sed 's/$/\r/' ends the last line as well, though no newline follows it.
  test('a carriage return at the end of every line', () => {
    const ended = (signing: Signing): void => void (signing.finish = (text) => `${text.replaceAll('\n', '\r\n')}\r`);
    expect(acs(ended)).toBe('explained layout/newlines');
    expect(sinch(ended)).toBe('explained layout/newlines');
  });

  test('a newline behind the decoded key, and the first of the two lines that xxd prints of it', () => {
    const echoed = (signing: Signing): void => void (signing.key = Buffer.concat([signing.key, Buffer.from('\n')]));
    expect(acs(echoed)).toBe('explained key/encoding');
    expect(sinch(echoed)).toBe('explained key/encoding');
    expect(acs((signing) => void (signing.key = signing.key.subarray(0, 30)))).toBe('explained key/encoding');
  });

  test('sha256sum --tag of a file', () => {
    const tagged = (signing: Signing, { body }: Intent): void => {
      signing.hash = `MD5 (body.json) = ${createHash('md5').update(body).digest('hex')}`;
    };
    expect(sinch(tagged)).toBe('explained content-hash/encoding');
  });

  test('a variable between single quotes is the key itself', () => {
    for (const name of ['$KEY', '${ACS_KEY}', '$SINCH_APPLICATION_SECRET']) {
      const quoted = (signing: Signing): void => void (signing.key = Buffer.from(name));
      expect(acs(quoted)).toBe('explained key/other');
      expect(sinch(quoted)).toBe('explained key/other');
    }
  });
});

describe('a request whose body alone was signed', () => {
  test('as webhooks of other services are', () => {
    const body = (signing: Signing, intent: Intent): void => void (signing.finish = () => intent.body);
    expect(acs(body)).toBe('explained layout/part-missing');
    expect(sinch(body)).toBe('explained layout/part-missing');
    const asHex = (signing: Signing, intent: Intent): void => {
      body(signing, intent);
      const { digest } = signing;
      signing.digest = (...given) => hexOf(digest(...given));
    };
    expect(acs(asHex)).toBe('explained layout/part-missing,digest/encoding');
  });

  test('or nothing was', () => {
    expect(acs((signing) => void (signing.finish = () => ''))).toBe('explained layout/part-missing');
  });
});
