import { headerValue, type Message } from '../../message.ts';

/** What sent a request, as far as its mistakes depend on it. */
export type Client = 'curl' | 'dotnet' | 'java' | 'javascript' | 'php' | 'postman' | 'python';

const products: readonly (readonly [RegExp, Client])[] = [
  [/^(?:PostmanRuntime|insomnia|bruno|Thunder Client|HTTPie Desktop)\b/i, 'postman'],
  [/^(?:curl|wget)\b/i, 'curl'],
  [/^(?:python|aiohttp|httpie|azsdk-python)/i, 'python'],
  [/^(?:axios|node|undici|got|superagent|azsdk-js|Deno|Bun)\b/i, 'javascript'],
  [/^Mozilla\//, 'javascript'],
  [/^(?:okhttp|Java|Apache-HttpClient|ReactorNetty|Jersey|azsdk-java)/i, 'java'],
  [/^(?:RestSharp|\.NET|azsdk-net|Flurl)/i, 'dotnet'],
  [/^(?:GuzzleHttp|PHP|Symfony HttpClient)/i, 'php'],
];

/** The client by its User-Agent; `undefined` for one that tells nothing. */
export function clientOf({ headers }: Pick<Message, 'headers'>): Client | undefined {
  const agent = headerValue(headers, 'user-agent');
  return agent === undefined ? undefined : products.find(([product]) => product.test(agent))?.[1];
}
