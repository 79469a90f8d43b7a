import { createHash, createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diagnose } from '@countersign/core/diagnose';
import { message } from '@countersign/core/message';
import { receivingProgram, signingProgram } from '@countersign/core/programs';
import { readRequests } from '@countersign/core/requests/read-requests';
import { describeSource } from '@countersign/core/scheme';
import { schemes } from '@countersign/core/schemes/catalog';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { describe, expect, test } from 'vitest';
import { recipePages } from '../recipes/pages.js';

const folder = fileURLToPath(new URL('../../docs/recipes/', import.meta.url));
const there = readdirSync(folder);
const pages: ReadonlyMap<string, string> = recipePages({
  message,
  receivingProgram,
  signingProgram,
  describeSource,
  schemes,
});
const byHand = ['sinch-page-misprint.md'];

describe('the recipes', () => {
  test('are what the programs are now: `npm run build && npm run recipes` writes them', () => {
    expect(there.toSorted()).toEqual([...pages.keys(), ...byHand].toSorted());
    for (const [name, text] of pages) expect(readFileSync(join(folder, name), 'utf8'), name).toBe(text);
  });

  test('are found by what people look for', () => {
    const titles = [...pages.values()].map((text) => /^# (.*)$/m.exec(text)?.[1]);
    for (const wanted of ['Sinch signed request in Python', 'ACS HMAC in C#', 'ACS HMAC in Postman'])
      expect(titles).toContain(wanted);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test.each(there)('%s links to files that are there', (name) => {
    const text = readFileSync(join(folder, name), 'utf8').replace(/^```.*?^```$/gms, '');
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(dirname(join(folder, name)), link)))).toEqual([]);
  });
});

describe('the page about the misprinted signature', () => {
  const text = readFileSync(join(folder, 'sinch-page-misprint.md'), 'utf8');
  const secret = 'JViE5vDor0Sw3WllZka15Q==';
  const signature = (path: string): string =>
    createHmac('sha256', Buffer.from(secret, 'base64'))
      .update(
        `POST\n${createHash('md5').update('{"message":"Hello world"}').digest('base64')}\napplication/json\nx-timestamp:2014-06-04T13:41:58Z\n${path}`,
      )
      .digest('base64');

  test('has the signature that the request has, and the path that the printed one belongs to', () => {
    expect(text).toContain(`\n${signature('/calling/v1/callouts')}\n`);
    expect(text).toContain(`:${signature('/v1/sms/+46700000000')}\n`);
  });

  test('says what diagnosis says of the request that it shows', async () => {
    const [, block = ''] = /^```\n(POST .*?)^```$/ms.exec(text) ?? [];
    const [request] = await readRequests(block.trimEnd());
    const credential = { keyId: '5F5C418A0F914BBC8234A9BF5EDDAD97', secret };
    const diagnosis = diagnose(sinchApplication, credential, request?.message ?? message({ url: '/' }), {
      now: new Date('2014-06-04T13:41:58Z'),
    });
    expect(diagnosis.mistakes).toMatchObject([{ id: 'url/path', proven: true, yours: '/v1/sms/+46700000000' }]);
    expect(diagnosis.notes.map(({ id }) => id)).toContain('provider/at-fault');
  });
});
