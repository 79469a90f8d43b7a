import type { Header } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';

/** A request that programs are generated for. */
export interface ProgramSample {
  readonly name: string;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly Header[];
  readonly body: string;
}

/** Bodies that break what is carelessly quoted, encoded or counted. */
export const bodies: Readonly<Record<string, string>> = {
  Json: '{"text":"Grüße","tags":["a","b"],"price":1.50}',
  Lines: '{\n  "text": "one\\ntwo",\r\n\t"end": true\n}\n',
  Quotes: `{"text":"it's \\"so\\" \`$HOME\` #{x} %d \\\\ ${'${y}'} ‘’ “”"}`,
  Emoji: '{"text":"é — 😀 👩‍👧"}',
  Nothing: '',
};

const json: Header = ['Content-Type', 'application/json'];
const formType: Header = ['Content-Type', 'application/x-www-form-urlencoded'];
const form = "To=%2B14255550123&Body=Gr%C3%BC%C3%9Fe+%F0%9F%98%80+it's!&A=2&A=1&A=2&Empty=&b=%5Cn%26%3D_%0A";

/** Headers that are signed and that each request needs, by the part's header. */
const needed: Readonly<Record<string, string>> = {
  'x-sinch-webhook-signature-nonce': '01FJA8B4A7BM43YGWSG9GBV067',
  'x-plivo-signature-v3-nonce': '12345678901234567890',
  'x-plivo-signature-v2-nonce': '12345678901234567890',
  'webhook-id': 'msg_2Lh9KRb0pzN4LePd3XiA4v12Axj',
  'svix-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
};

/** Headers of HTTP that are signed where they are sent. */
const conditions: Readonly<Record<string, string>> = {
  'content-encoding': 'identity',
  'content-language': 'en',
  'content-md5': 'mZFLkyvTelC5g8XnyQrpOw==',
  'if-modified-since': 'Tue, 10 Mar 2026 08:15:30 GMT',
  'if-match': '"a1"',
  'if-none-match': '"b2"',
  'if-unmodified-since': 'Tue, 10 Mar 2026 08:15:31 GMT',
  range: 'bytes=0-99',
};

/** What is signed by a scheme, in each way in which its requests can be. */
export function samplesOf({ id, parts }: Scheme, allBodies: boolean): ProgramSample[] {
  const own = parts.flatMap(({ source }): Header[] =>
    source.from === 'header' && source.header in needed ? [[source.header, needed[source.header] ?? '']] : [],
  );
  const target = `/as/${id}/a1%20b2?b=2&a=%C3%A9%20x`;
  const sources = new Set(parts.map(({ source }) => source.from));
  const post = (name: string, headers: readonly Header[], body: string, to = target): ProgramSample => ({
    name,
    method: 'POST',
    target: to,
    headers: [...headers, ...own],
    body,
  });
  if (sources.has('canonical-resource')) {
    const versions: Header[] = [
      ['x-ms-version', '2024-08-04'],
      ['x-ms-meta-b', 'two'],
    ];
    const signed = parts.flatMap(({ source }): Header[] =>
      source.from === 'header' && source.header in conditions ? [[source.header, conditions[source.header] ?? '']] : [],
    );
    return [
      post('Json', [json, ...versions], bodies['Json'] ?? '', `/as/${id}/a1%20b2?comp=list&A=2&a=1`),
      ...(signed.length > 0 ? [post('Conditions', [json, ...versions, ...signed], '{}')] : []),
      { ...post('Nothing', versions, '', `/as/${id}`), method: 'GET' },
    ];
  }
  if (sources.has('form') || sources.has('query-and-form')) return [post('Form', [formType], form), get(target, own)];
  if (id === 'vonage-sms') return [post('Form', [formType], form), get(`/as/${id}?to=1&b=a%26b`, own)];
  if (sources.has('parameters')) {
    const query = `/as/${id}?shop=a.example.com&code=x%2By+!%27()*~&statusDatetime=2026-01-01T00:00:00+00:00&z=`;
    return [
      get(query, own),
      ...(sources.has('body-digest') ? [post('Json', [json], bodies['Emoji'] ?? '', query)] : []),
    ];
  }
  const all = allBodies ? Object.entries(bodies) : Object.entries(bodies).slice(0, 1);
  const asked = get(target, own);
  const withoutBody = allBodies ? [asked, { ...asked, name: 'Head', method: 'HEAD' }] : [];
  return [...all.map(([name, body]) => post(name, [json], body)), ...withoutBody];
}

const get = (target: string, headers: readonly Header[]): ProgramSample => ({
  name: 'Get',
  method: 'GET',
  target,
  headers,
  body: '',
});
