import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { startSigningProxy, type PassedRequest, type RunningSigningProxy } from '@countersign/gateway/signing-proxy';
import { startBrowser } from '../../../../tools/chromium.js';
import { startEndpoint, type Endpoint } from '../received-requests.ts';

// A hostile page, in a real browser: at an address of its own, and under a name that was made to resolve to this machine.

let browser: Browser;
let service: Endpoint;
let proxy: RunningSigningProxy;
const passed: PassedRequest[] = [];
beforeAll(async () => {
  service = await startEndpoint((_, response) => response.writeHead(200).end('done'));
  const credential = { keyId: 'k', secret: new Secret('JViE5vDor0Sw3WllZka15Q==', 'base64') };
  proxy = await startSigningProxy({
    targets: [{ url: service.url, scheme: sinchApplication, credential }],
    listen: { port: 0 },
    onRequest: (one) => void passed.push(one),
  });
  browser = await startBrowser(['--host-resolver-rules=MAP evil.test 127.0.0.1']);
});
afterAll(async () => {
  await browser?.close();
  await proxy.close();
  await service[Symbol.asyncDispose]();
});

it('a page of another origin gets nothing signed: no fetch, no form, no picture, no link', async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>a page</title>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const page = await browser.newPage();
  await page.goto(`http://evil.test:${(server.address() as AddressInfo).port}/`);
  const before = passed.length;
  await page.evaluate(async (url) => {
    const simple = { method: 'POST', mode: 'no-cors', body: '{"a":1}' } as const;
    await fetch(`${url}/posted`, simple).catch(() => undefined);
    await fetch(`${url}/preflighted`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    }).catch(() => undefined);
    await new Promise((resolve) => {
      const picture = new Image();
      picture.addEventListener('error', resolve);
      picture.src = `${url}/picture`;
    });
    const frame = document.createElement('iframe');
    frame.name = 'frame';
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action: `${url}/form`, target: 'frame', enctype: 'text/plain' });
    document.body.append(frame, form);
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
    form.submit();
    await loaded;
  }, proxy.url);
  await page.evaluate((url) => void (location.href = `${url}/link`), proxy.url);
  await page.waitForURL(`${proxy.url}/link`);
  expect(await page.textContent('body')).toContain('for programs, not for web pages');
  await page.close();
  server.close();
  server.closeAllConnections();
  const paths = passed.slice(before).map(({ path, status }) => [path, status]);
  expect(paths).toEqual(
    expect.arrayContaining(['/posted', '/preflighted', '/picture', '/form', '/link'].map((path) => [path, 403])),
  );
  expect(service.arrived).toEqual([]);
});

it('a page whose name was made to resolve to this machine gets nothing signed', async () => {
  const page = await browser.newPage();
  const { port } = new URL(proxy.url);
  const answer = await page.goto(`http://evil.test:${port}/rebound`);
  expect(answer?.status()).toBe(403);
  // To the browser this is the page's own server: it sends no Origin for a GET.
  const status = await page.evaluate(async () => (await fetch('/same-origin')).status);
  expect(status).toBe(403);
  await page.close();
  expect(passed.filter(({ path }) => path === '/same-origin').map(({ note }) => note)[0]).toMatch(/web page/);
  expect(service.arrived).toEqual([]);
});

it('what a person types into the address bar is no page', async () => {
  const page = await browser.newPage();
  await page.goto(`${proxy.url}/typed`);
  expect(await page.textContent('body')).toBe('done');
  await page.close();
  expect(service.arrived.map(({ url }) => url)).toContain('/typed');
});
