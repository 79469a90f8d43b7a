import { expect, test } from 'vitest';
import { callbackUrlProblem } from '../../src/callbacks/callback-url.ts';

const lenient = { strict: false, allowPublicHttp: false };

test.each([
  'https://example.com/hook',
  'http://localhost:3000/hook',
  'http://app.localhost/hook',
  'http://127.0.0.1:8080/',
  'http://[::1]:8080/',
  'http://10.1.2.3/',
  'http://172.16.0.1/',
  'http://192.168.1.10/',
  'http://[fd00::1]/',
  'http://host.docker.internal:3000/',
  'http://receiver:3000/',
])('%s is accepted', (url) => {
  expect(callbackUrlProblem(url, lenient)).toBeUndefined();
});

test.each([
  ['http://example.com/', 'http to a public host'],
  ['http://172.32.0.1/', 'http to a public host'],
  ['http://8.8.8.8/', 'http to a public host'],
  ['http://localhost.example.com/', 'http to a public host'],
  ['ftp://localhost/', 'not an http(s) URL'],
  ['/relative', 'not an absolute URL'],
  ['', 'not an absolute URL'],
  ['https://user:secret@example.com/', 'user name or password'],
])('%s is refused', (url, problem) => {
  expect(callbackUrlProblem(url, lenient)).toContain(problem);
  expect(callbackUrlProblem(url, lenient)).not.toContain('secret');
});

test('strict insists on https, even to loopback', () => {
  expect(callbackUrlProblem('http://localhost/', { ...lenient, strict: true })).toContain('insists on https');
});

test('public http is accepted where that is switched on', () => {
  expect(callbackUrlProblem('http://example.com/', { ...lenient, allowPublicHttp: true })).toBeUndefined();
});
