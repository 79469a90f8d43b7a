import { expect, test } from 'vitest';
import { diagnose } from '@countersign/core/diagnose';
import type { Header } from '@countersign/core/message';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';

const secret = 'JViE5vDor0Sw3WllZka15Q==';

/** What a client that calls itself so is told to write in. */
function languageFor(agent: string | undefined): string | undefined {
  return languageOfRequest(agent, 'calling.api.sinch.com', '/calling/v1/calls/id/1');
}

function languageOfRequest(agent: string | undefined, host: string, target: string): string | undefined {
  const headers: Header[] = [
    ['host', host],
    ['authorization', 'application app:AAAA'],
  ];
  return diagnose(
    sinchApplication,
    { keyId: 'app', secret },
    {
      method: 'GET',
      target,
      headers: agent === undefined ? headers : [...headers, ['user-agent', agent]],
      body: new Uint8Array(),
    },
    { budget: { candidates: 1 } },
  ).language;
}

// As the clients write themselves, by their sources.
test.each([
  ['PostmanRuntime/7.39.1', 'postman'],
  ['python-requests/2.32.3', 'python'],
  ['Python-urllib/3.12', 'python'],
  ['python-httpx/0.27.2', 'python'],
  ['Go-http-client/1.1', 'go'],
  ['go-resty/2.16.5 (https://github.com/go-resty/resty)', 'go'],
  ['RestSharp/112.1.0.0', 'csharp'],
  ['azsdk-net-Communication.CallAutomation/1.3.0 (.NET 8.0.10; Ubuntu 22.04)', 'csharp'],
  ['Java-http-client/17.0.15', 'java'],
  ['Java/1.8.0_402', 'java'],
  ['okhttp/4.12.0', 'java'],
  ['Apache-HttpClient/4.5.14 (Java/17.0.9)', 'java'],
  ['GuzzleHttp/7', 'php'],
  ['PHP/8.2.36', 'php'],
  ['Ruby', 'ruby'],
  ['Faraday v2.12.0', 'ruby'],
  ['rest-client/2.1.0 (linux x86_64) ruby/3.1.2p20', 'ruby'],
  ['curl/8.5.0', 'bash'],
  ['Wget/1.21.4', 'bash'],
  ['Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.22621.4391', 'powershell'],
  ['Mozilla/5.0 (Linux; Debian GNU/Linux 12 (bookworm); en-US) PowerShell/7.4.6', 'powershell'],
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
    'javascript',
  ],
  ['node', 'javascript'],
  ['undici', 'javascript'],
  ['axios/1.7.9', 'javascript'],
  ['SomethingElse/1.0', undefined],
  [undefined, undefined],
])('a request from %s is fixed in %s', (agent, language) => {
  expect(languageFor(agent)).toBe(language);
});

test('the agent of a provider that calls back says nothing of the program that receives', () => {
  const agent = 'Java/1.8.0_402';
  expect(languageOfRequest(agent, 'calling.api.sinch.com', '/calling/v1/callouts')).toBe('java');
  expect(languageOfRequest(agent, 'hooks.example.com', '/hooks/sinch')).toBeUndefined();
});
