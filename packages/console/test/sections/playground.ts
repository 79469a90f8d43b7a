import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { furtherIt } from '../fixtures/further-it.ts';
import { useHarness, type BrowserHolder } from '../fixtures/harness.ts';

const secret = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==';

/** The playground: sign, verify and diagnose in the page, with nothing leaving it. */
export function testPlayground(holder: BrowserHolder): void {
  const harness = useHarness(holder);

  const ready = async (page: Page): Promise<void> => {
    await expect.poll(() => page.getByLabel('Scheme', { exact: true }).locator('option').count()).toBeGreaterThan(1);
  };

  it('diagnoses a refused request with the network cut', async () => {
    const page = await harness.open('#/playground', { expectErrors: /ERR_INTERNET_DISCONNECTED/ });
    await ready(page);
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Try an example' }).click();
    await page.getByRole('button', { name: 'Diagnose' }).click();
    const diagnosis = page.getByRole('region', { name: 'Diagnosis' });
    await diagnosis.getByText('You signed the text {{callConnectionId}}').waitFor();
    await diagnosis.getByText('proven', { exact: true }).waitFor();
    const row = diagnosis.getByRole('row').filter({ hasText: 'differs at byte 25' });
    expect(await row.locator('mark').allTextContents()).toEqual([
      '{{callConnectionId}}',
      '401f3500-1b2c-4d5e-8f90-0123456789ab',
    ]);
  });

  it('sends nothing anywhere while it works, and says so', async () => {
    const page = await harness.open('#/playground');
    await ready(page);
    await page.getByText('nothing is sent anywhere').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    const sent: string[] = [];
    page.context().on('request', (request) => sent.push(request.url()));
    await page.getByRole('button', { name: 'Try an example' }).click();
    for (const name of ['Sign', 'Verify', 'Diagnose']) {
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('region', { name: /^(?:Signed|Verified|Diagnosed)$/ }).waitFor();
    }
    await page.getByRole('region', { name: 'Diagnosed' }).waitFor();
    expect(sent).toEqual([]);
  });

  it('signs a curl command, and the signature is the one that openssl makes', async () => {
    const page = await harness.open('#/playground');
    await ready(page);
    await page
      .getByLabel('Request', { exact: true })
      .fill(
        "curl 'https://calling.api.sinch.com/calling/v1/callouts' -H 'Content-Type: application/json' --data-binary '{}'",
      );
    await page.getByText('Read as a curl command').waitFor();
    await page.getByText('Recognized by the host.').waitFor();
    await page.getByLabel('Secret').fill('cHVibGljIGRldiBrZXkhIQ==');
    await page.getByLabel('Key id').fill('c0157e51-0000-4000-8000-000000000002');
    await page.getByLabel('Clock').fill('2024-05-27T09:08:07Z');
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    const headers = await page.getByRole('region', { name: 'signed headers' }).textContent();
    // printf '{}' | openssl md5 -binary | base64 gives mZFLkyvTelC5g8XnyQrpOw==; then
    // printf 'POST\nmZFLkyvTelC5g8XnyQrpOw==\napplication/json\nx-timestamp:2024-05-27T09:08:07.000Z\n/calling/v1/callouts' |
    //   openssl dgst -sha256 -mac HMAC -macopt hexkey:7075626c696320646576206b65792121 -binary | base64
    expect(headers).toContain('2H9U8XQivuSz1TfXn62CU4cnEoeiSm8PwfZ0F5Nk3+k=');
    await page.getByText('A curl command that sends it signed').click();
    const command = page.getByRole('region', { name: 'curl command' });
    await command.getByText("-H 'x-timestamp: 2024-05-27T09:08:07.000Z'").waitFor();
  });

  it('reads a script that is pasted without its request, and needs no secret for it', async () => {
    const page = await harness.open('#/playground');
    await ready(page);
    await page
      .getByLabel('Request', { exact: true })
      .fill(
        "const url = pm.request.url.toString().replace('{{endpoint}}','');\nconst signature = CryptoJS.HmacSHA256(url, key);\n\nPOST https://contoso.communication.azure.com/calling/callConnections/{callConnectionId}:play",
      );
    await page.getByRole('button', { name: 'Diagnose' }).click();
    const diagnosis = page.getByRole('region', { name: 'Diagnosis' });
    await diagnosis.getByText('{{callConnectionId}}').waitFor();
    await diagnosis.getByText('likely', { exact: true }).waitFor();
    await diagnosis.getByText('for a proof bring').waitFor();
    await page.getByRole('button', { name: 'Try an example' }).click();
    await page.getByLabel('Secret').fill('');
    await page.getByRole('button', { name: 'Diagnose' }).click();
    await page.getByText('Give the secret; it stays in this page.').waitFor();
  });

  it('writes a program that signs the request, in the language that one chooses, without the secret', async () => {
    const page = await harness.open('#/playground');
    await ready(page);
    await page.getByRole('button', { name: 'Try an example' }).click();
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    await page.getByText('A program that signs and sends it').click();
    await page.getByLabel('Language of the program').selectOption('python');
    const program = page.getByRole('region', { name: 'program' });
    await program.getByText("os.environ['SIGNING_SECRET']").waitFor();
    expect(await program.textContent()).not.toContain(secret.slice(0, 12));
    await page.getByRole('button', { name: 'Verify', exact: true }).click();
    await page.getByText('A program that receives and verifies').click();
    await program.getByText('hmac.compare_digest').waitFor();
    await page.getByLabel('Language of the program').selectOption('postman');
    await page.getByText('a Postman script sends and does not receive').waitFor();
  });

  it('warns of a variable that nothing has filled in, when it signs', async () => {
    const page = await harness.open('#/playground');
    await ready(page);
    await page
      .getByLabel('Request', { exact: true })
      .fill(
        'GET /calling/callConnections/{{callConnectionId}}?api-version=2023-10-15 HTTP/1.1\nHost: contoso.communication.azure.com\n\n',
      );
    await page.getByLabel('Secret').fill(secret);
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    const signed = page.getByRole('region', { name: 'Signed' });
    await signed.getByText('{{callConnectionId}} in the target is signed as it is written').waitFor();
  });

  it('takes a scheme of the user’s own from a file, and says what is wrong with it', async () => {
    const page = await harness.open('#/playground');
    await ready(page);
    const own = {
      id: 'own',
      title: 'Own',
      documentation: 'https://example.com',
      key: { encoding: 'utf8' },
      mac: { algorithm: 'sha256', encoding: 'hex' },
      authorization: { header: 'x-signature', template: 'sha256={signature}' },
      parts: [{ name: 'body', source: { from: 'body' }, after: '' }],
    };
    const give = (json: unknown): Promise<void> =>
      page
        .getByLabel('Scheme file')
        .setInputFiles({ name: 'own.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(json)) });
    await page.getByText('A scheme of your own').click();
    await page.getByLabel('Request', { exact: true }).fill('POST /hook HTTP/1.1\nHost: example.com\n\nHello, World!');
    await page.getByLabel('Secret').fill("It's a Secret to Everybody");
    await give({ ...own, mac: { algorithm: 'sha3', encoding: 'hex' } });
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    await page
      .getByText('`mac.algorithm` must be one of md5, sha1, sha256, sha384, sha512, md5-suffix; it is "sha3"')
      .waitFor();
    await give(own);
    await expect.poll(() => page.getByLabel('Scheme in JSON').inputValue()).toContain('"sha256"');
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    const headers = page.getByRole('region', { name: 'signed headers' });
    // The signature that GitHub's documentation has of this body and this secret.
    await headers.getByText('757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17').waitFor();
  });

  it('shares a link that carries the request and never the secret', async () => {
    const page = await harness.open('#/playground');
    await ready(page);
    await page.getByRole('button', { name: 'Try an example' }).click();
    await page.getByLabel('Scheme', { exact: true }).selectOption('sinch-webhook');
    await page.getByRole('button', { name: 'Share' }).click();
    const link = await page.getByLabel('Link to this request, without the secret').inputValue();
    const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    for (const text of [link, decodeURIComponent(link), stored]) expect(text).not.toContain(secret.slice(0, 12));
    const reader = await harness.open(new URL(link).hash);
    await expect
      .poll(() => reader.getByLabel('Request', { exact: true }).inputValue())
      .toContain('x-ms-content-sha256');
    expect(await reader.getByLabel('Secret').inputValue()).toBe('');
    await expect.poll(() => reader.getByLabel('Scheme', { exact: true }).inputValue()).toBe('sinch-webhook');
  });

  it('makes no link of a text that holds the secret, and says so', async () => {
    const page = await harness.open('#/playground');
    await ready(page);
    const share = page.getByRole('button', { name: 'Share' });
    const link = page.getByLabel('Link to this request, without the secret');
    await page.getByLabel('Secret').fill('It/s a secret=');
    for (const held of ['It/s a secret=', 'It%2Fs%20a%20secret%3D', Buffer.from('It/s a secret=').toString('base64')]) {
      await page.getByLabel('Request', { exact: true }).fill(`GET /?key=${held} HTTP/1.1\nHost: example.com\n\n`);
      await share.click();
      await page.getByText('the secret itself stands in the text').waitFor();
      expect(await link.count(), held).toBe(0);
    }
    // A key that was given in a connection string is found by itself, too.
    await page.getByLabel('Secret').fill(`endpoint=https://a.example/;accesskey=${secret}`);
    await page.getByLabel('Request', { exact: true }).fill(`GET /?key=${secret} HTTP/1.1\nHost: example.com\n\n`);
    await share.click();
    await page.getByText('the secret itself stands in the text').waitFor();
    expect(await link.count()).toBe(0);
    await page.getByLabel('Secret').fill('');
    await page
      .getByLabel('Request', { exact: true })
      .fill(`const text = 'endpoint=https://a.example/;accesskey=${secret}';`);
    await share.click();
    await page.getByText('a connection string with its key stands in the text').waitFor();
    await page.getByLabel('Request', { exact: true }).fill('GET / HTTP/1.1\nHost: example.com\n\n');
    await share.click();
    await link.waitFor();
  });

  it('lets one choose among the requests of a HAR', async () => {
    const entry = (path: string) => ({
      request: {
        method: 'GET',
        url: `https://contoso.communication.azure.com${path}`,
        headers: [{ name: 'x-ms-date', value: 'Mon, 27 May 2024 09:08:07 GMT' }],
      },
      response: { status: 401, headers: [], content: {} },
    });
    const page = await harness.open('#/playground');
    await ready(page);
    const har = JSON.stringify({ log: { entries: [entry('/one'), entry('/two')] } });
    await page.getByLabel('Request', { exact: true }).fill(har);
    await page.getByLabel('Secret').fill(secret);
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    const signed = page.getByRole('region', { name: 'What was signed' });
    await signed.getByText('/one').waitFor();
    await page.getByLabel('Which of the requests').selectOption({ index: 1 });
    // What stood there was about the other one.
    await signed.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    await page.getByRole('region', { name: 'What was signed' }).getByText('/two').waitFor();
  });

  furtherIt('stops a search, after which it answers as before', async () => {
    const page = await harness.open('#/playground');
    await ready(page);
    await page.getByRole('button', { name: 'Try an example' }).click();
    // No mistake explains it: all of them are tried, for longer than anybody waits here.
    await page.getByLabel('Secret').fill(Buffer.from('another key altogether').toString('base64'));
    await page.getByRole('button', { name: 'Diagnose' }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped: what was not tried yet').waitFor();
    await page.getByLabel('Secret').fill(secret);
    await page.getByRole('button', { name: 'Diagnose' }).click();
    await page.getByText('You signed the text {{callConnectionId}}').waitFor();
    expect(await page.getByText('Stopped').count()).toBe(0);
    // The answer was about the request that stood there.
    await page.getByLabel('Secret').fill('YWJj');
    await page.getByRole('button', { name: 'Diagnose' }).click();
    await page.getByLabel('Request', { exact: true }).fill('GET /other HTTP/1.1\nHost: example.com\n\n');
    await page.getByText('Searching…').waitFor({ state: 'detached' });
    await page.getByText('Nothing in the request shows which rules').waitFor();
    expect(await page.getByRole('region', { name: 'Diagnosis' }).count()).toBe(0);
  });

  it('says what is wrong with what it is given', async () => {
    const page = await harness.open('#/playground');
    await ready(page);
    const diagnose = page.getByRole('button', { name: 'Diagnose' });
    await diagnose.click();
    await page.getByText('Paste a request first.').waitFor();
    await page.getByLabel('Request', { exact: true }).fill('hello');
    await diagnose.click();
    await page.getByText('line 1 is "hello"; expected "METHOD /target HTTP/1.1"').waitFor();
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    await page.getByText('line 1 is "hello"').waitFor();
    await page.getByRole('button', { name: 'Try an example' }).click();
    await page.getByLabel('Secret').fill('');
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    await page.getByText('Give the secret').waitFor();
    await page.getByLabel('Secret').fill(secret);
    await page.getByLabel('Clock').fill('yesterday');
    await diagnose.click();
    await page.getByText('The clock "yesterday" is not a time').waitFor();
    await page.getByLabel('Clock').fill('2024-05-27T09:08:07Z');
    await diagnose.click();
    await page.getByText('You signed the text {{callConnectionId}}').waitFor();
    const damaged = await harness.open('#/playground/AAAA');
    await damaged.getByText('The link is damaged').waitFor();
  });
}
