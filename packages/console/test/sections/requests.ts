import { execFile } from 'node:child_process';
import { request } from 'node:http';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { furtherIt } from '../fixtures/further-it.ts';
import { useHarness, type BrowserHolder } from '../fixtures/harness.ts';
import { sendUnresolvedPlay } from '../fixtures/signed-requests.ts';

const run = promisify(execFile);

/** Requests: the live list, a refusal explained, the fixed request sent. */
export function testRequests(holder: BrowserHolder): void {
  const harness = useHarness(holder);

  it('says what to do while there is none, and shows a request the moment it arrives', async () => {
    const page = await harness.open('#/requests');
    await page.getByText('No request yet').waitFor();
    await harness.client.createCall('+12065550110', harness.receiver.url);
    const row = page.getByRole('list', { name: /^Requests/ }).getByRole('link');
    await row.waitFor();
    // With the number that was called, which its path does not have.
    await expect.poll(() => row.textContent()).toMatch(/201.*POST \/calling\/callConnections.*ACS \+12065550110/);
  });

  it('opens a request to its headers, body, response and the parts of what was signed', async () => {
    await harness.client.createCall('+12065550110', harness.receiver.url);
    const [exchange] = harness.server.control.exchanges();
    const page = await harness.open(`#/requests/${exchange?.id}`);
    const detail = page.getByRole('article');
    await detail.getByText('signature right').waitFor();
    const anatomy = detail.getByRole('region', { name: 'string to sign' });
    const { host } = new URL(harness.server.url);
    const lines = (await anatomy.textContent())?.split('\n') ?? [];
    expect(lines[0]).toBe('POST\\n');
    expect(lines[1]).toBe('/calling/callConnections?api-version=2023-10-15\\n');
    expect(lines[2]).toMatch(new RegExp(`GMT;${host};[A-Za-z0-9+/]{43}=$`));
    expect(
      await detail
        .getByRole('list', { name: /^Parts/ })
        .getByRole('listitem')
        .allTextContents(),
    ).toHaveLength(5);
    const colours = await anatomy
      .locator('.part')
      .evaluateAll((parts) => parts.map((part) => getComputedStyle(part).color));
    expect(new Set(colours).size).toBe(5);
    expect(await detail.getByRole('region', { name: 'Request headers' }).textContent()).toContain('x-ms-date');
    expect(await detail.getByRole('region', { name: 'request body' }).textContent()).toContain('"callbackUri"');
    expect(await detail.getByRole('region', { name: 'response body' }).textContent()).toContain('callConnectionId');
    await detail.getByRole('link', { name: 'The call' }).click();
    await page.getByRole('heading', { name: '+12065550100 → +12065550110' }).waitFor();
  });

  it('explains a refusal: the sentence, the proof, the two strings, the fix in the reader’s language', async () => {
    const connection = await harness.client.createCall('+12065550110', harness.receiver.url);
    const refused = await sendUnresolvedPlay(harness.server, connection);
    expect(refused.status).toBe(401);
    const page = await harness.open('#/requests', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('link', { name: /401.*A template variable was signed before it was filled in/ }).click();
    const why = page.getByRole('region', { name: 'Why it was refused' });
    await why
      .getByText(`You signed the text {{callConnectionId}}; the request went out with its value ${connection}`)
      .waitFor();
    await why.getByText('proven', { exact: true }).waitFor();

    const differing = why.getByRole('row').filter({ hasText: 'differs at byte 25' });
    const [signed, expected] = await differing.getByRole('cell').allTextContents();
    expect(signed).toContain('/calling/callConnections/{{callConnectionId}}:play');
    expect(expected).toContain(`/calling/callConnections/${connection}:play`);
    expect(await differing.locator('mark').allTextContents()).toEqual(['{{callConnectionId}}', connection]);

    await why.getByLabel('Language of the fix').selectOption('python');
    const fix = why.getByRole('region', { name: /^fix for/ });
    const python = await fix.textContent();
    await why.getByRole('button', { name: /^Copy fix/ }).click();
    await why.getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(python);
    await page.reload();
    await why.waitFor();
    expect(await why.getByLabel('Language of the fix').inputValue()).toBe('python');
  });

  it('leads from a mistake to what it is and where it comes from, beside what is read', async () => {
    const connection = await harness.client.createCall('+12065550110', harness.receiver.url);
    const refused = await sendUnresolvedPlay(harness.server, connection);
    const page = await harness.open(`#/requests/${refused.headers.get('x-countersign-exchange')}`);
    const [opened] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: 'template/unresolved' }).click(),
    ]);
    const about = opened.getByRole('region', { name: 'A template variable was signed before it was filled in' });
    await about.getByText('pm.variables.replaceIn').waitFor();
    await expect.poll(() => about.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.getByRole('heading', { name: 'Why it was refused' }).waitFor();
    await opened.goto('/#/mistakes/no%2Fsuch');
    await opened.getByRole('alert').getByText('no/such').waitFor();
  });

  it('sends the request again with the right signature, and links to what came of it', async () => {
    const connection = await harness.client.createCall('+12065550110', harness.receiver.url);
    await harness.server.control.waitFor('CallConnected', { timeoutMs: 30_000 });
    const refused = await sendUnresolvedPlay(harness.server, connection);
    const page = await harness.open(`#/requests/${refused.headers.get('x-countersign-exchange')}`);
    await page.getByRole('button', { name: 'Resend corrected' }).click();
    const link = page.getByRole('link', { name: /^Open x\d+/ });
    await link.click();
    await page.getByText('signature right').waitFor();
    const [resent] = harness.server.control.exchanges();
    expect(resent?.response?.status).toBe(202);
    expect(resent?.request.target).toBe(`/calling/callConnections/${connection}:play?api-version=2023-10-15`);
  });

  furtherIt('sends a refused Sinch request again, too', async () => {
    const refused = await fetch(`${harness.server.url}/calling/v1/callouts`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'x-timestamp': new Date().toISOString(),
        Authorization: 'Application c0157e51-0000-4000-8000-000000000002:aS9fG2smJx6MIhPJDSNiaDQ1D3+e493HuL+VVA9pqyM=',
      },
      body: JSON.stringify({
        method: 'ttsCallout',
        ttsCallout: { cli: '+12065550150', destination: { type: 'number', endpoint: '+12065550114' }, text: 'Hello' },
      }),
    });
    expect(refused.status).toBe(401);
    const page = await harness.open(`#/requests/${refused.headers.get('x-countersign-exchange')}`);
    await page.getByRole('button', { name: 'Resend corrected' }).click();
    await page.getByRole('link', { name: /^Open x\d+/ }).waitFor();
    expect(harness.server.control.exchanges()[0]?.response?.status).toBe(200);
  });

  it('finds requests by what they contain, and those that were refused', async () => {
    harness.server.control.reset();
    const connection = await harness.client.createCall('+12065550110', harness.receiver.url);
    for (let time = 0; time < 2; time++) await sendUnresolvedPlay(harness.server, connection);
    await harness.client.get('/calling/callConnections/nobody?api-version=2023-10-15');
    await fetch(`${harness.server.url}/calling/callConnections?api-version=2023-10-15`, { method: 'POST', body: '{}' });
    const page = await harness.open('#/requests');
    const rows = page.getByRole('list', { name: /^Requests/ }).getByRole('link');
    await rows.first().waitFor();
    const overview = page.getByRole('region', { name: 'All requests together' });
    const mistake = overview.getByRole('listitem').filter({ hasText: 'template/unresolved' });
    await mistake.getByText('A template variable was signed before it was filled in').waitFor();
    expect(await mistake.textContent()).toContain('2 times');
    await page.getByRole('searchbox').fill('get nobody');
    await expect.poll(() => rows.count()).toBe(1);
    await page.getByRole('searchbox').fill('no such thing');
    await page.getByText('No request fits what the list is narrowed to').waitFor();
    await page.getByRole('button', { name: 'Show all requests' }).click();
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
    await page.getByRole('checkbox', { name: 'refused' }).check();
    await expect.poll(async () => (await rows.allTextContents()).every((text) => text.startsWith('401'))).toBe(true);
  });

  it('narrows the list by provider and by mistake, each with how many there are', async () => {
    harness.server.control.reset();
    await harness.client.speakTo('+12065550114', 'Hello.');
    for (const body of ['{}', '{"a":1}']) {
      await fetch(`${harness.server.url}/calling/callConnections?api-version=2023-10-15`, { method: 'POST', body });
    }
    const page = await harness.open('#/requests');
    const rows = page.getByRole('list', { name: /^Requests/ }).getByRole('link');
    await expect.poll(() => rows.count()).toBe(3);
    const provider = page.getByLabel('Show only requests to');
    expect(await provider.locator('option').allTextContents()).toEqual(['All providers', 'ACS (2)', 'Sinch (1)']);
    await provider.selectOption('Sinch (1)');
    await expect.poll(() => rows.count()).toBe(1);
    expect(await rows.first().textContent()).toContain('/calling/v1/callouts');
    await provider.selectOption('All providers');
    const mistake = page.getByLabel('Show only requests refused for');
    expect(await mistake.locator('option').nth(1).textContent()).toBe(
      'The Authorization or signature header is malformed (2)',
    );
    await mistake.selectOption({ index: 1 });
    await expect.poll(() => rows.count()).toBe(2);
    await page.getByText('2 of 3').waitFor();
  });

  furtherIt('groups repeats, clears the list without losing anything, and shows what comes after', async () => {
    harness.server.control.reset();
    const poll = (): Promise<Response> => harness.client.get('/calling/callConnections/nobody?api-version=2023-10-15');
    await poll();
    await poll();
    await harness.client.speakTo('+12065550114', 'Hello.');
    await poll();
    const page = await harness.open('#/requests');
    const rows = page.getByRole('list', { name: /^Requests/ }).getByRole('link');
    await expect.poll(() => rows.count()).toBe(4);
    await page.getByLabel('group repeats').check();
    await expect.poll(() => rows.count()).toBe(3);
    expect(await rows.last().textContent()).toContain('2 × alike, the newest of them');
    await rows.last().click();
    const second = harness.server.control.exchanges()[2]?.id ?? '';
    await page.getByRole('article', { name: `Request ${second}` }).waitFor();
    expect(await rows.last().getAttribute('aria-current')).toBe('true');
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await page.getByText('Cleared. The next request appears here.').waitFor();
    await poll();
    await expect.poll(() => rows.count()).toBe(1);
    await page.getByRole('button', { name: 'Show 4 cleared' }).click();
    // The two newest are alike now.
    await expect.poll(() => rows.count()).toBe(3);
  });

  it('shows a request that was meant for another name as refused, with nothing to correct', async () => {
    const { port } = new URL(harness.server.url);
    const answered = new Promise<number | undefined>((resolve) => {
      const headers = { host: 'evil.example', 'content-length': '0' };
      const sent = request({ host: '127.0.0.1', port, method: 'POST', path: '/calling/v1/callouts', headers });
      sent.on('response', (response) => resolve(response.resume().statusCode)).end();
    });
    expect(await answered).toBe(403);
    const page = await harness.open('#/requests');
    await page.getByRole('link', { name: /403.*host\/refused/ }).click();
    const why = page.getByRole('region', { name: 'Why it was refused' });
    await why.getByText('"evil.example" is not a name of this server').waitFor();
    expect(await why.getByRole('button').count()).toBe(0);
    expect(await why.textContent()).not.toContain('development account');
  });

  it('copies a request as a curl command, with which curl sends the same request', async () => {
    const body = JSON.stringify({ text: 'it\'s $HOME `id` \\ ${x} "é"\n@file' });
    const answer = await fetch(
      `${harness.server.url}/calling/callConnections/a%20b/{x}:play?api-version=2023-10-15&q='`,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: 'HMAC-SHA256 wrong' },
        body,
      },
    );
    const id = answer.headers.get('x-countersign-exchange') ?? '';
    const page = await harness.open(`#/requests/${id}`, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.getByText('Copied').waitFor();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    await run('sh', ['-c', `${command} --silent`]);
    const [sent] = harness.server.control.exchanges();
    const original = harness.server.control.exchanges().find((exchange) => exchange.id === id);
    expect(sent?.id).not.toBe(id);
    expect(sent?.request.method).toBe('POST');
    expect(sent?.request.target).toBe(original?.request.target);
    expect(Buffer.from(sent?.request.body as Uint8Array).toString()).toBe(body);
    const received = (headers: readonly (readonly [string, string])[] = []) =>
      new Map(headers.map(([name, value]): [string, string] => [name.toLowerCase(), value]));
    const [ours, theirs] = [received(sent?.request.headers), received(original?.request.headers)];
    // Of the connection, not of the request.
    for (const name of ['connection', 'content-length']) for (const one of [ours, theirs]) one.delete(name);
    expect(ours).toEqual(theirs);
  });

  it('opens a refused request in the playground, which finds the same mistake at once', async () => {
    const connection = await harness.client.createCall('+12065550110', harness.receiver.url);
    const refused = await sendUnresolvedPlay(harness.server, connection);
    const page = await harness.open(`#/requests/${refused.headers.get('x-countersign-exchange')}`);
    await page.getByRole('button', { name: 'Open in playground' }).click();
    await expect.poll(() => page.getByLabel('Request', { exact: true }).inputValue()).toContain(`${connection}:play`);
    expect(new URL(page.url()).hash).toBe('#/playground');
    await page.getByRole('button', { name: 'Diagnose' }).click();
    await page.getByText('You signed the text {{callConnectionId}}').waitFor();
  });

  it('says of a rightly signed request for what is not there that the signature is not the trouble', async () => {
    await harness.client.get('/calling/callConnections/nobody?api-version=2023-10-15');
    const page = await harness.open(`#/requests/${harness.server.control.exchanges()[0]?.id}`);
    await page.getByText('Signature accepted, resource not found').waitFor();
  });

  it('says of a request that the server no longer has that it is not here', async () => {
    const page = await harness.open('#/requests/x999999', { expectErrors: /404/ });
    await page.getByRole('alert').getByText('Request x999999 is not here.').waitFor();
  });
}
