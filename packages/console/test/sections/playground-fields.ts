import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { useHarness, type BrowserHolder } from '../fixtures/harness.ts';

const secret = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==';
const host = 'contoso.communication.azure.com';
const connectionString = `endpoint=https://${host}/;accesskey=${secret}`;
// Signed with that key for that host, by Python's hmac.
const signature = 'OJYN7OFwYJEM2EU8vaOTDe7jON5l3/AJgMJ+MJLxcdQ=';
const signedAt = '2024-05-27T09:08:07Z';
const requestTo = (sentTo: string): string =>
  [
    'GET /emails/1?api-version=2023-03-31 HTTP/1.1',
    `Host: ${sentTo}`,
    'x-ms-date: Mon, 27 May 2024 09:08:07 GMT',
    'x-ms-content-sha256: 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
    `Authorization: HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
    '',
    '',
  ].join('\n');

/** What the playground takes besides a request and its secret. */
export function testPlaygroundFields(holder: BrowserHolder): void {
  const harness = useHarness(holder);

  const opened = async (): Promise<Page> => {
    const page = await harness.open('#/playground');
    await expect.poll(() => page.getByLabel('Scheme', { exact: true }).locator('option').count()).toBeGreaterThan(1);
    return page;
  };
  const paste = (page: Page, text: string): Promise<void> => page.getByLabel('Request', { exact: true }).fill(text);
  const diagnosis = (page: Page) => page.getByRole('region', { name: 'Diagnosis' });

  it('says what was pasted and whose scheme it is, by what, and lets one choose another', async () => {
    const page = await opened();
    const hint = page.locator('#scheme-hint');
    await paste(page, `curl https://${host}/x -H 'Authorization: application key:c2ln'`);
    await page.getByText('Read as a curl command: GET /x').waitFor();
    await hint.getByText(/Sinch.*, recognized by the form of its Authorization header/).waitFor();
    await paste(page, requestTo('localhost'));
    await page.getByText('Read as a raw HTTP request').waitFor();
    await hint.getByText('Vipps').waitFor();
    await paste(page, 'GET /x HTTP/1.1\nHost: example.com\n\n');
    await hint.getByText('Nothing in the request shows which rules its signature follows').waitFor();
    await page.getByLabel('Scheme', { exact: true }).selectOption('acs-hmac');
    await hint.getByText('as you chose').waitFor();
    await page.getByLabel('Secret').fill(secret);
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    await page.getByRole('region', { name: 'signed headers' }).getByText('HMAC-SHA256 SignedHeaders=').waitFor();
  });

  it('takes a connection string as the secret, and the URL that senders call', async () => {
    const page = await opened();
    await paste(page, requestTo('10.0.0.1:8080'));
    await page.getByLabel('Secret').fill(connectionString);
    await page.getByLabel('Clock').fill(signedAt);
    const verify = page.getByRole('button', { name: 'Verify' });
    await verify.click();
    await page.getByText('signature/mismatch').waitFor();
    await page.getByText('Public URL, other keys, variables').click();
    await page.getByLabel('Public URL').fill(`https://${host}`);
    await verify.click();
    const verified = page.getByRole('region', { name: 'Verified' });
    await verified.getByText('The signature is right, and fresh.').waitFor();
    await verified.getByText(`in the field “Secret”, which is for ${host}`).waitFor();
    await page.getByLabel('Public URL').fill('example');
    await page.getByRole('button', { name: 'Diagnose' }).click();
    await page.getByText('The public URL is not an http(s) URL').waitFor();
  });

  it('has a field for each variable that stands in the request, and signs with its value', async () => {
    const page = await opened();
    await paste(
      page,
      `GET /calling/callConnections/{{callConnectionId}}?api-version=2023-10-15 HTTP/1.1\nHost: ${host}\n\n`,
    );
    await page.getByLabel('{{callConnectionId}}').fill('401f3500-1b2c-4d5e-8f90-0123456789ab');
    await page.getByLabel('Secret').fill(secret);
    await page.getByLabel('Clock').fill(signedAt);
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    // By Python's hmac of the URL with the value in it.
    const headers = page.getByRole('region', { name: 'signed headers' });
    await headers.getByText('CCB4qUMwZ295G7JVzJp1kmI+r4IFTP8xeTF5IYUiNDw=').waitFor();
    expect(await page.getByText('is signed as it is written').count()).toBe(0);
  });

  it('tries further keys, and says which one it was', async () => {
    const page = await opened();
    await paste(page, requestTo(host));
    await page.getByLabel('Secret').fill('c2VjcmV0c2VjcmV0');
    await page.getByLabel('Clock').fill(signedAt);
    await page.getByText('Public URL, other keys, variables').click();
    await page.getByLabel('Other key 1').fill(connectionString);
    await page.getByRole('button', { name: 'Diagnose' }).click();
    await diagnosis(page).getByText('key/other', { exact: true }).waitFor();
    await diagnosis(page).getByText('Other key 1').first().waitFor();
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByLabel('Link to this request, without the secret').waitFor();
  });

  it('leads from what a diagnosis asks for to its field, and writes thousands apart', async () => {
    const page = await opened();
    page.setDefaultTimeout(80_000);
    await paste(page, requestTo('proxy.example'));
    await page.getByLabel('Secret').fill('c2VjcmV0c2VjcmV0');
    await page.getByLabel('Clock').fill(signedAt);
    await page.getByRole('button', { name: 'Diagnose' }).click();
    await diagnosis(page)
      .getByText(/^\d{1,3}(?:,\d{3})+ candidate signatures computed/)
      .waitFor();
    expect(await diagnosis(page).textContent()).not.toMatch(/\d{5}|--[a-z]/);
    await diagnosis(page).getByRole('button', { name: 'Go to “Public URL”' }).click();
    await expect
      .poll(() => page.getByLabel('Public URL').evaluate((input) => input === document.activeElement))
      .toBe(true);
    await diagnosis(page).getByRole('button', { name: 'Go to “Your string to sign”' }).click();
    await page.getByLabel('Your string to sign').waitFor();
  }, 90_000);

  it('names the clock’s field where an old request is judged', async () => {
    const page = await opened();
    await paste(page, requestTo(host));
    await page.getByLabel('Secret').fill(secret);
    await page.getByRole('button', { name: 'Diagnose' }).click();
    await diagnosis(page).getByText('2024-05-27T09:08:07.000Z in the field “Clock”').waitFor();
  });

  it('opens a file, and takes the variables of a Postman environment', async () => {
    const page = await opened();
    const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
    await page.getByLabel('File with the request').setInputFiles(file('a.http', requestTo(host)));
    await expect.poll(() => page.getByLabel('Request', { exact: true }).inputValue()).toContain('/emails/1');
    await page.getByText('Public URL, other keys, variables').click();
    const environment = { values: [{ key: 'mailId', value: '1' }], _postman_variable_scope: 'environment' };
    const exported = page.getByLabel('Or all of a Postman environment');
    await exported.setInputFiles(file('env.json', JSON.stringify(environment)));
    await expect.poll(() => page.getByLabel('Name of variable 1').inputValue()).toBe('mailId');
    await exported.setInputFiles(file('env.json', '{'));
    await page.getByText('The file cannot be used: the environment of Postman cannot be read').waitFor();
  });
}
