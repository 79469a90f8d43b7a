import { expect, test } from 'vitest';
import { notToShare, packShared, unpackShared } from '../src/playground/share-link.ts';

const secret = 'JViE5vDor0Sw3WllZka15Q/+==';

test.each([
  ['as it is', secret],
  ['in an address with small letters', 'JViE5vDor0Sw3WllZka15Q%2f%2b%3d%3d'],
  ['in JSON as PHP writes it', String.raw`{"a":"JViE5vDor0Sw3WllZka15Q\/+=="}`],
  ['in JSON as .NET writes it', String.raw`{"a":"JViE5vDor0Sw3WllZka15Q/\u002B=="}`],
  // printf 'key:JViE5vDor0Sw3WllZka15Q/+==' | base64
  ['as the password of Basic', 'Authorization: Basic a2V5OkpWaUU1dkRvcjBTdzNXbGxaa2ExNVEvKz09'],
])('no link is made of a text that holds the typed secret %s', (_how, held) => {
  expect(notToShare(`GET / HTTP/1.1\nHost: a.example\n\n${held}`, [secret])).toContain('the secret itself');
});

test.each([
  ['a private key', '-----BEGIN EC PRIVATE KEY-----\nMHcCAQ'],
  ['what is called a secret there', `const applicationSecret = '${secret.slice(0, 22)}';`],
  ['what is called a secret there', '{"access_key": "MDEyMzQ1Njc4OWFiY2RlZg=="}'],
  ['a password (Basic)', 'Authorization: Basic dXNlcjpwYXNzd29yZA=='],
])('no link is made of a text with %s, though no secret was typed', (what, held) => {
  expect(notToShare(held, [''])).toContain(what);
});

test.each([
  "const secret = process.env['APPLICATION_SECRET'];",
  'Authorization: HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=abcdefghijklmnopqrstuvw=',
  'Authorization: Basic realm',
  '{"secret":"<your secret>"}',
])('a link is made of %s', (text) => {
  expect(notToShare(text, ['', 'short'])).toBeUndefined();
});

test('a huge secret, and a text of half characters, are no trouble', async () => {
  expect(notToShare('GET / HTTP/1.1', ['a\ud800'.repeat(1_000_000)])).toBeUndefined();
  const text = `GET /\ud800 HTTP/1.1\n${'x'.repeat(2_000_000)}`;
  expect(await unpackShared((await packShared({ text, scheme: '' })) ?? '')).toEqual({ text, scheme: '' });
});

test('no link is made of what no link could be opened with', async () => {
  expect(await packShared({ text: 'x'.repeat(10_000_000), scheme: '' })).toBeUndefined();
  let state = 1;
  const noise = Array.from({ length: 2_000_000 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return String.fromCharCode(48 + ((state >> 16) % 64));
  }).join('');
  expect(await packShared({ text: noise, scheme: '' })).toBeUndefined();
});
