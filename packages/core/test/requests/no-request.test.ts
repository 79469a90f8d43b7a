import { describe, expect, test } from 'vitest';
import { readRequests } from '../../src/requests/read-requests.ts';

const authorization = 'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=abc=';
const info = (version: string): object => ({
  name: 'Mail',
  schema: `https://schema.getpostman.com/json/collection/v${version}/collection.json`,
});

describe('what is no request is called by its name, with what to bring in its place', () => {
  test.each<[text: string | object | Uint8Array, code: string, message: RegExp]>([
    ['', 'input/empty', /the text is empty; bring the request as it was sent/],
    [' \r\n\n', 'input/empty', /the text is empty/],
    ['HTTP/2 401\ndate: x\n\n{}', 'input/response', /a response.*"HTTP\/2 401".*bring the request that got it/],
    [`Authorization: ${authorization}`, 'input/headers-only', /an Authorization header alone.*bring the whole request/],
    [authorization, 'input/headers-only', /an Authorization header alone/],
    [`x-ms-date: x\nAuthorization: ${authorization}`, 'input/headers-only', /headers alone, without a request line/],
    ['POST\n/a?b=c\nTue, 10 Mar 2026 08:15:30 GMT;h;x', 'input/no-request', /a string to sign.*--your-string/],
    ['https://x.example/a?b=c\n', 'input/no-request', /a URL alone/],
    ['<!DOCTYPE html><html>', 'input/no-request', /a web page; bring the request that got it/],
    ['<?xml version="1.0"?><a/>', 'input/no-request', /XML, without the request/],
    [{ info: { name: 'x' }, item: [] }, 'input/collection', /a Postman collection \("x"\) without a request/],
    [{ info: info('2.1.0') }, 'input/collection', /a Postman collection without its list of requests/],
    [{ info: info('3.0.0'), item: [] }, 'input/collection', /a Postman collection of version 3\.0.*Collection v2\.1/],
    [
      JSON.stringify({ info: info('2.1.0'), item: [{ name: 'a' }] }).slice(0, -3),
      'input/json',
      /a Postman collection that cannot be read: it ends before its last bracket is closed/,
    ],
    [
      JSON.stringify({ info: info('2.1.0'), item: [{ name: 'a' }] }, null, 2).replace('"a"', '"a" aVRlc3RLZXkr'),
      'input/json',
      /a Postman collection that cannot be read: something does not belong there at line 8, column 19$/,
    ],
    [{ id: '1', name: 'x', order: [], requests: [] }, 'input/collection', /of version 1; bring it exported as .*v2\.1/],
    [{ version: 1, collections: [], environments: [] }, 'input/collection', /an export of all data of Postman/],
    [{ id: '1', results: [], totalPass: 0 }, 'input/collection', /results of Postman's Runner, which hold no headers/],
    [{ name: 'x', version: '1', items: [], brunoConfig: {} }, 'input/collection', /Bruno's export/],
    [
      'meta {\n  name: x\n}\n\npost {\n  url: {{host}}/a\n}\n',
      'input/collection',
      /a request file of Bruno.*Timeline tab/,
    ],
    ['type: collection.insomnia.rest/5.0\nname: x\n', 'input/collection', /Insomnia's export.*Console tab/],
    ['openapi: 3.1.0\ninfo:\n  title: x\n', 'input/no-request', /an API description/],
    [{ clientName: 'Thunder Client', collectionName: 'x' }, 'input/collection', /Thunder Client's export/],
    [
      { name: 'dev', values: [], _postman_variable_scope: 'environment' },
      'input/json',
      /an environment of Postman.*--environment/,
    ],
    [{ _type: 'export', resources: [] }, 'input/collection', /Insomnia's export/],
    [{ openapi: '3.1.0', paths: {} }, 'input/json', /an API description/],
    [{ sender: 'x', to: [] }, 'input/json', /JSON with sender, to, without the request that it belongs to/],
    [[{ id: 1 }], 'input/json', /JSON with id, without/],
    ['{"a":1,', 'input/json', /a piece of JSON/],
    ['Invoke-WebRequest -UseBasicParsing -Uri "https://x.example/"', 'input/code', /Copy as PowerShell.*Copy as cURL/],
    ["const crypto = require('crypto');\nconst key = 1;", 'input/code', /JavaScript code/],
    [
      'fetch("https://x.example/", {\n  "headers": {}\n});',
      'input/code',
      /Copy as fetch.*bring the same request by "Copy as cURL"/,
    ],
    [
      'const date = new Date();\npm.request.headers.add({});',
      'input/code',
      /a script of Postman.*Console with its raw log/,
    ],
    ['export async function sign(): Promise<void> {\n}', 'input/code', /JavaScript code/],
    ['import hmac, hashlib\n\ndef sign(key):\n    pass\n', 'input/code', /Python code/],
    ['using System.Net.Http;\nclass A {}', 'input/code', /C# code/],
    ['import java.net.URI;\npublic class A {}', 'input/code', /Java code/],
    ['package main\n\nfunc main() {}', 'input/code', /Go code/],
    ["require 'openssl'\nputs 1", 'input/code', /Ruby code/],
    ['<?php\n$a = 1;', 'input/code', /PHP/],
    ['$date = Get-Date\nInvoke-RestMethod -Uri $uri', 'input/code', /a PowerShell script/],
    ['#!/bin/bash\nDATE=$(date -u)\ncurl "$URL" -H "x: $DATE"', 'input/code', /a shell script.*what curl -v shows/],
    [Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'input/binary', /a picture \(PNG\)/],
    [Buffer.from('d4c3b2a1020004000000', 'hex'), 'input/binary', /a packet capture.*Follow → HTTP Stream/],
    [Buffer.from('1f8b080000000000', 'hex'), 'input/binary', /gzip.*bring the file unpacked/],
    [Uint8Array.from({ length: 40 }, (_, at) => at), 'input/binary', /the file is binary/],
    ['POST /a HTTP/1.1\nTransfer-Encoding: chunked\n\n0\n\n', 'input/transfer-encoding', /decode the chunks/],
    ['hello', 'input/request-line', /line 1 is "hello"; expected "METHOD \/target HTTP\/1.1"/],
    ['POST /a b HTTP/1.1\nvar a = 1\n', 'input/request-line', /the target holds a space/],
    [':method: GET\n:authority: x', 'input/pseudo-header', /no :path among them/],
  ])('%j', async (text, code, message) => {
    const input = typeof text === 'string' || text instanceof Uint8Array ? text : JSON.stringify(text);
    await expect(readRequests(input)).rejects.toMatchObject({
      name: 'CountersignError',
      code,
      message: expect.stringMatching(message) as string,
    });
  });

  test.each([
    'endpoint=https://x.example/;accesskey=aVRlc3RLZXkrL05vdEFTZWNyZXQ5OQ==',
    'aVRlc3RLZXkrL05vdEFTZWNyZXQ5OQ==',
  ])('a key is not repeated: %#', async (text) => {
    const error = (await readRequests(text).catch((thrown: unknown) => thrown)) as Error;
    expect(error.message).not.toContain('aVRlc3RLZXkr');
  });
});
