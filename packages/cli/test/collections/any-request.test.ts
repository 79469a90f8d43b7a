import { createServer, type AddressInfo } from 'node:net';
import * as fc from 'fast-check';
import newman from 'newman';
import { expect, test } from 'vitest';
import type { Message } from '@countersign/core/message';
import { messageFromIncoming } from '@countersign/core/receive';
import { readRequests } from '@countersign/core/requests/read-requests';
import { runCollection } from '../../src/collections/run-collection.ts';

// Requests as they come, by chance and by hand: what is read from a collection, what its run gives, and what Postman's own
// machinery writes to a socket are one and the same.

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.stringMatching(/^[\w .~!$&'()*+,;=:@%^|`"<>[\]{}\\/?#é-]{0,8}$/) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('😀', '{{name}}', ':id', ':id.json', '{{none}}', '%41', '%zz', '{{a b}}', '', 'ü'),
  },
);
const text = fc.array(piece, { maxLength: 3 }).map((pieces) => pieces.join(''));
const parameter = fc.record({
  key: fc.oneof(text, fc.constant(null)),
  value: fc.oneof(text, fc.constant(null)),
  disabled: fc.boolean(),
});
const url = fc.oneof(
  fc
    .tuple(text, fc.option(text))
    .map(([path, query]) => `https://x.example/${path}${query === null ? '' : `?${query}`}`),
  fc.record({
    protocol: fc.constant('https'),
    host: fc.constantFrom(['x', 'example'], 'x.example', ['{{host}}']),
    path: fc.array(text, { minLength: 1, maxLength: 4 }),
    query: fc.array(parameter, { maxLength: 3 }),
    variable: fc.constant([{ key: 'id', value: 'a/b {{name}}' }]),
  }),
);
const body = fc.oneof(
  fc.record({ mode: fc.constant('raw'), raw: text }),
  fc.record({
    mode: fc.constant('urlencoded'),
    urlencoded: fc.array(fc.record({ key: text, value: text, disabled: fc.boolean() }), { maxLength: 4 }),
  }),
  fc.record({ mode: fc.constant('graphql'), graphql: fc.record({ query: text, variables: text }) }),
);
const request = fc.record({ method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'), url, body });

const comparable = ({ method, target, headers, body: sent }: Message): object => ({
  method,
  target,
  headers: headers
    .map(([name, value]) => `${name.toLowerCase()}: ${value}`)
    .filter((line) => !/^(?:cache-control|postman-token|user-agent):/.test(line))
    .toSorted(),
  body: Buffer.from(sent as Uint8Array).toString(),
});

test('requests by chance are read from a collection as Postman sends them', { timeout: 180_000 }, async () => {
  const requests = fc.sample(request, { numRuns: 400, seed: 20 });
  const collection = {
    info: { name: 'by chance', schema },
    variable: [
      { key: 'name', value: 'n&1' },
      { key: 'host', value: 'x.example' },
    ],
    item: requests.map((one, index) => ({ name: String(index), request: one })),
  };
  const run = await runCollection({ collection, environment: [], globals: [], data: {} });
  const read = await readRequests(JSON.stringify(collection));
  const refused = new Set(run.problems.map(({ item }) => item));
  // What Node does not send (a space or a character beyond ASCII where HTTP has none) is no request.
  expect(refused.size).toBeLessThan(requests.length / 10);
  let compared = 0;
  for (const [index, one] of requests.entries()) {
    const sent = run.requests.find(({ item }) => item === index);
    const found = read.find(({ entry }) => entry?.index === index);
    if (refused.has(index) || !sent) continue;
    if (!found) throw new Error(`not read: ${JSON.stringify(one)}`);
    compared++;
    const incoming = { method: sent.method, url: sent.target, rawHeaders: sent.headers.flat() };
    expect(comparable(found.message), JSON.stringify(one)).toEqual(
      comparable(messageFromIncoming(incoming, Buffer.from(sent.body, 'base64'))),
    );
  }
  expect(compared).toBeGreaterThan(300);
});

test('a run gives byte for byte what Postman writes to a socket', { timeout: 180_000 }, async () => {
  const received: string[] = [];
  const server = createServer((socket) => {
    let bytes = '';
    socket.setEncoding('latin1').on('data', (more: string) => {
      bytes += more;
      const head = bytes.indexOf('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(bytes)?.[1] ?? 0);
      if (head < 0 || bytes.length < head + 4 + length) return;
      received.push(bytes);
      bytes = '';
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}');
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const sign = [
    "pm.request.headers.upsert({ key: 'X-Signed', value: CryptoJS.MD5(pm.request.body?.raw ?? '').toString() });",
    "pm.request.headers.upsert({ key: 'X-Path', value: pm.request.url.getPathWithQuery() });",
  ];
  const here = `http://127.0.0.1:${port}`;
  const collection = {
    info: { name: 'x', schema },
    event: [{ listen: 'prerequest', script: { exec: sign } }],
    item: [
      { name: 'get', request: { method: 'GET', url: `${here}/a%20b/{c}?d=é&e='f'` } },
      {
        name: 'post',
        request: {
          method: 'POST',
          header: [{ key: 'x-lower', value: 'v' }],
          url: `${here}/p//q/../r`,
          body: { mode: 'raw', raw: '{"é": "😀"}\n', options: { raw: { language: 'json' } } },
        },
      },
      {
        name: 'form',
        request: {
          method: 'PUT',
          url: here,
          body: { mode: 'urlencoded', urlencoded: [{ key: 'a b', value: "it's" }] },
        },
      },
    ],
  };
  try {
    await new Promise((resolve, reject) => {
      const options = { collection: collection as unknown as newman.NewmanRunOptions['collection'] };
      newman.run(options, (error, summary) => (error ? reject(error) : resolve(summary)));
    });
  } finally {
    server.close();
  }
  const run = await runCollection({ collection, environment: [], globals: [], data: {} });
  const bare = (bytes: string): string => bytes.replace(/Postman-Token: .*/, 'Postman-Token: x');
  const written = run.requests.map(({ method, target, headers, body: sent }) =>
    [
      `${method} ${target} HTTP/1.1`,
      ...headers.map((header) => header.join(': ')),
      '',
      Buffer.from(sent, 'base64').toString('latin1'),
    ].join('\r\n'),
  );
  expect(written.map(bare)).toEqual(received.map(bare));
  expect(received).toHaveLength(3);
});
