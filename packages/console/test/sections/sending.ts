import { createHmac, createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { useHarness, type BrowserHolder } from '../fixtures/harness.ts';

/** An application of the reader's. */
interface Application {
  readonly url: string;
  readonly received: { headers: NodeJS.Dict<string | string[]>; body: string }[];
}

/** Send to my endpoint. */
export function testSending(holder: BrowserHolder): void {
  const harness = useHarness(holder);
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });
  const application = async (): Promise<Application> => {
    const received: Application['received'] = [];
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      received.push({ headers: request.headers, body });
      response.writeHead(202, { 'x-application': 'mine' }).end('{"taken":true}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received };
  };

  it('sends a ready event with a body of mine, rightly signed, and shows the answer', async () => {
    const { url, received } = await application();
    const page = await harness.open('#/send');
    await page.getByLabel('Event').selectOption('sinch/ice');
    await page.getByText('proved by sinch-application').waitFor();
    const body = page.getByLabel('Body');
    await expect.poll(() => body.inputValue()).toContain('"event":"ice"');
    const offered = JSON.parse(await body.inputValue()) as object;
    await page.getByRole('button', { name: 'A line for each member' }).click();
    expect(await body.inputValue()).toBe(JSON.stringify(offered, null, 2));
    await body.fill('{"event":"ice","mine":"héllo"}');
    await page.getByLabel('Endpoint').fill(url);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const answer = page.getByRole('region', { name: 'The answer', exact: true });
    await answer.getByText('202', { exact: true }).waitFor();
    await answer.getByText('x-application').waitFor();
    expect(await answer.textContent()).toContain('"taken"');
    const [event] = received;
    expect(event?.body).toBe('{"event":"ice","mine":"héllo"}');
    const { SINCH_APPLICATION_KEY: key, SINCH_APPLICATION_SECRET: secret } = harness.server.environment;
    const signed = [
      'POST',
      createHash('md5')
        .update(event?.body ?? '')
        .digest('base64'),
      event?.headers['content-type'],
      `x-timestamp:${String(event?.headers['x-timestamp'])}`,
      '/hook',
    ].join('\n');
    const signature = createHmac('sha256', Buffer.from(secret, 'base64')).update(signed).digest('base64');
    expect(event?.headers.authorization).toBe(`application ${key}:${signature}`);
    // It is still there when the page is.
    await page.reload();
    await expect.poll(() => page.getByLabel('Endpoint').inputValue()).toBe(url);
  });

  it('says why nothing is sent elsewhere, and that nobody answered', async () => {
    const page = await harness.open('#/send', { expectErrors: /400/ });
    await page.getByText('proved by').waitFor();
    await page.getByLabel('Endpoint').fill('https://93.184.216.34/');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('neither this machine nor in a private network').waitFor();
    await page.getByLabel('Endpoint').fill('http://127.0.0.1:9/');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('There is none: nothing listens there.').waitFor();
  });
}
