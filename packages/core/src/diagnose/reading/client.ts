import { headerValue, type Message } from '../../message.ts';
import type { FixLanguage } from '../diagnosis.ts';

/** What sent a request, as far as its mistakes depend on it. */
export type Client =
  'curl' | 'dotnet' | 'go' | 'java' | 'javascript' | 'php' | 'postman' | 'powershell' | 'python' | 'ruby';

const products: readonly (readonly [RegExp, Client])[] = [
  [/^(?:PostmanRuntime|insomnia|bruno|Thunder Client|HTTPie Desktop)\b/i, 'postman'],
  [/^(?:curl|wget)\b/i, 'curl'],
  // PowerShell calls itself a browser first.
  [/\b(?:Windows)?PowerShell\//i, 'powershell'],
  [/^(?:python|aiohttp|httpx|httpie|azsdk-python|Boto3)/i, 'python'],
  [/^(?:axios|node|undici|got|superagent|azsdk-js|Deno|Bun)\b/i, 'javascript'],
  [/^Mozilla\//, 'javascript'],
  [/^(?:okhttp|Java|Apache-HttpClient|ReactorNetty|Jersey|Jetty|unirest-java|azsdk-java)/i, 'java'],
  [/^(?:RestSharp|\.NET|azsdk-net|Flurl)/i, 'dotnet'],
  [/^(?:GuzzleHttp|PHP|Symfony HttpClient)/i, 'php'],
  [/^(?:Go-http-client|go-resty|resty|req\/v|azsdk-go)/i, 'go'],
  [/^(?:Ruby|Faraday|rest-client|http\.rb|HTTParty|Typhoeus|azsdk-ruby)/i, 'ruby'],
];

/** The client by its User-Agent; `undefined` for one that tells nothing. */
export function clientOf({ headers }: Pick<Message, 'headers'>): Client | undefined {
  const agent = headerValue(headers, 'user-agent');
  return agent === undefined ? undefined : products.find(([product]) => product.test(agent))?.[1];
}

const languages: Readonly<Record<Client, FixLanguage>> = {
  curl: 'bash',
  dotnet: 'csharp',
  go: 'go',
  java: 'java',
  javascript: 'javascript',
  php: 'php',
  postman: 'postman',
  powershell: 'powershell',
  python: 'python',
  ruby: 'ruby',
};

/** The language in which a client's users write. */
export function languageOf(client: Client): FixLanguage {
  return languages[client];
}
