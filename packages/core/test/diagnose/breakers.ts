import { createHash, createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { MistakeId } from '@countersign/core/diagnose';
import type { Intent, Signing } from './broken-requests.ts';

/**
 * What real developers did, written by hand against node:crypto: nothing here calls the code under test. Each breaks one
 * thing; `id` is the class that must be named.
 */
export interface Breaker {
  readonly id: MistakeId;
  readonly what: string;
  readonly schemes: 'both' | 'acs' | 'sinch';
  readonly apply: (signing: Signing, intent: Intent) => void;
  /** What the request must have for the breaker to change anything. */
  readonly needs?: (intent: Intent) => boolean;
}

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
const sha256 = (body: string | Buffer): string => createHash('sha256').update(body).digest('base64');
const md5 = (body: string | Buffer): string => createHash('md5').update(body).digest('base64');
const isAcs = (signing: Signing): boolean => signing.authorization('').startsWith('HMAC');
const hashOf = (signing: Signing, body: string | Buffer): string => (isAcs(signing) ? sha256(body) : md5(body));
const hasBody = ({ body }: Intent): boolean => body !== '';
const withHash =
  (change: (intent: Intent) => string | Buffer) =>
  (signing: Signing, intent: Intent): void => {
    signing.hash = hashOf(signing, change(intent));
  };
const parsed = ({ body }: Intent): unknown => JSON.parse(body) as unknown;
const sortKeys = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sortKeys)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, inner]) => [key, sortKeys(inner)]),
        )
      : value;
const pythonDumps = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(pythonDumps).join(', ')}]`
    : typeof value === 'object' && value !== null
      ? `{${Object.entries(value)
          .map(([key, inner]) => `${JSON.stringify(key)}: ${pythonDumps(inner)}`)
          .join(', ')}}`
      : JSON.stringify(value).replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
const pythonRepr = (value: unknown): string =>
  value === null
    ? 'None'
    : typeof value === 'boolean'
      ? value
        ? 'True'
        : 'False'
      : Array.isArray(value)
        ? `[${value.map(pythonRepr).join(', ')}]`
        : typeof value === 'object'
          ? `{${Object.entries(value as object)
              .map(([key, inner]) => `'${key}': ${pythonRepr(inner)}`)
              .join(', ')}}`
          : typeof value === 'string'
            ? `'${value}'`
            : String(value);
const callId = (intent: Intent): string => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(intent.path)?.[0] ?? '';
const hasCallId = (intent: Intent): boolean => callId(intent) !== '';
const ascii = (text: string): boolean => !/[^\0-\x7f]/.test(text);
const later = (date: Date, ms: number): Date => new Date(date.getTime() + ms);

const both = (id: MistakeId, what: string, apply: Breaker['apply'], needs?: Breaker['needs']): Breaker => ({
  id,
  what,
  schemes: 'both',
  apply,
  ...(needs && { needs }),
});
const acs = (id: MistakeId, what: string, apply: Breaker['apply'], needs?: Breaker['needs']): Breaker => ({
  id,
  what,
  schemes: 'acs',
  apply,
  ...(needs && { needs }),
});
const sinch = (id: MistakeId, what: string, apply: Breaker['apply'], needs?: Breaker['needs']): Breaker => ({
  id,
  what,
  schemes: 'sinch',
  apply,
  ...(needs && { needs }),
});

export const breakers: readonly Breaker[] = [
  both('key/encoding', 'key as UTF-8 text', (s, i) => void (s.key = utf8(i.secret))),
  both(
    'key/encoding',
    'key read as Latin-1 and written as UTF-8',
    (s) => void (s.key = utf8(s.key.toString('latin1'))),
  ),
  both('key/encoding', 'decoded key turned into a string', (s) => void (s.key = utf8(s.key.toString('utf8')))),
  both(
    'key/encoding',
    'key encoded as base64 again',
    (s, i) => void (s.key = utf8(Buffer.from(i.secret).toString('base64'))),
  ),
  both('key/encoding', 'key as hexadecimal text', (s) => void (s.key = utf8(s.key.toString('hex')))),
  both(
    'key/encoding',
    'key cut to 16 bytes',
    (s) => void (s.key = s.key.subarray(0, 16)),
    (i) => Buffer.from(i.secret, 'base64').length > 16,
  ),
  both(
    'key/encoding',
    'key text cut to 32 bytes',
    (s, i) => void (s.key = utf8(i.secret).subarray(0, 32)),
    (i) => i.secret.length > 32,
  ),
  both('key/encoding', 'key text in UTF-16', (s, i) => void (s.key = Buffer.from(i.secret, 'utf16le'))),
  both('key/other', 'the empty key', (s) => void (s.key = Buffer.alloc(0))),
  both('key/other', 'the text {{key}}', (s) => void (s.key = utf8('{{key}}'))),
  both('key/other', 'the text undefined', (s) => void (s.key = utf8('undefined'))),
  sinch('key/other', 'the application key', (s) => void (s.key = utf8('669e367e-6bba-48ab-af15-266871c28135'))),
  both(
    'key/prefix',
    'accesskey= decoded with the key',
    (s, i) => void (s.key = Buffer.from(`accesskey=${i.secret}`.replaceAll('=', ''), 'base64')),
  ),
  both(
    'key/swapped-with-message',
    'arguments swapped',
    (s) => void (s.digest = (key, text, algorithm) => createHmac(algorithm, text).update(key).digest('base64')),
  ),
  both('key/swapped-with-message', 'the key sent as signature', (s, i) => void (s.digest = () => i.secret)),
  both(
    'body/reserialized',
    'indented by 2',
    withHash((i) => JSON.stringify(parsed(i), null, 2)),
    hasBody,
  ),
  both(
    'body/reserialized',
    'indented by 4',
    withHash((i) => JSON.stringify(parsed(i), null, 4)),
    hasBody,
  ),
  both(
    'body/reserialized',
    'indented by tabs',
    withHash((i) => JSON.stringify(parsed(i), null, '\t')),
    hasBody,
  ),
  both(
    'body/reserialized',
    'Python spaces',
    withHash((i) => pythonDumps(parsed(i))),
    hasBody,
  ),
  both(
    'body/reserialized',
    'Python repr',
    withHash((i) => pythonRepr(parsed(i))),
    hasBody,
  ),
  both(
    'body/reserialized',
    'stringified twice',
    withHash((i) => JSON.stringify(i.body)),
    hasBody,
  ),
  both(
    'body/reserialized',
    'sorted keys',
    withHash((i) => JSON.stringify(sortKeys(parsed(i)))),
    (i) => hasBody(i) && JSON.stringify(sortKeys(parsed(i))) !== i.body,
  ),
  both(
    'body/reserialized',
    'PHP json_encode',
    withHash((i) =>
      JSON.stringify(parsed(i))
        .replaceAll('/', '\\/')
        .replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ),
    (i) => hasBody(i) && /[/\u0080-\uffff]/.test(i.body),
  ),
  both(
    'body/missing',
    'hash of nothing',
    withHash(() => ''),
    hasBody,
  ),
  both(
    'body/missing',
    '{}',
    withHash(() => '{}'),
    (i) => i.body !== '{}',
  ),
  both(
    'body/missing',
    'undefined',
    withHash(() => 'undefined'),
  ),
  both(
    'body/missing',
    '[object Object]',
    withHash(() => '[object Object]'),
  ),
  both(
    'body/missing',
    'None',
    withHash(() => 'None'),
  ),
  sinch('body/missing', 'blank hash', (s) => void (s.hash = ''), hasBody),
  sinch(
    'body/missing',
    'MD5 of nothing for no body',
    (s) => void (s.hash = md5('')),
    (i) => i.body === '',
  ),
  both(
    'body/charset',
    'Latin-1',
    withHash((i) => Buffer.from(i.body, 'latin1')),
    (i) => !ascii(i.body),
  ),
  both(
    'body/charset',
    'ASCII with ?',
    withHash((i) => i.body.replace(/[^\0-\x7f]/g, '?')),
    (i) => !ascii(i.body),
  ),
  both(
    'body/charset',
    'UTF-16',
    withHash((i) => Buffer.from(i.body, 'utf16le')),
    hasBody,
  ),
  both(
    'body/charset',
    'UTF-8 twice',
    withHash((i) => utf8(utf8(i.body).toString('latin1'))),
    (i) => !ascii(i.body),
  ),
  both(
    'body/charset',
    'NFD',
    withHash((i) => i.body.normalize('NFD')),
    (i) => i.body.normalize('NFD') !== i.body,
  ),
  both(
    'body/newlines',
    'newline at the end',
    withHash((i) => `${i.body}\n`),
    hasBody,
  ),
  both(
    'body/newlines',
    'CRLF at the end',
    withHash((i) => `${i.body}\r\n`),
    hasBody,
  ),
  both(
    'body/newlines',
    'byte order mark',
    withHash((i) => `\ufeff${i.body}`),
    hasBody,
  ),
  both(
    'body/transport-encoding',
    'base64 of the body',
    withHash((i) => Buffer.from(i.body).toString('base64')),
    hasBody,
  ),
  both('body/transport-encoding', 'signed before gzip', (s, i) => void (s.sentBody = gzipSync(i.body)), hasBody),
  both(
    'body/part-only',
    'first member',
    withHash((i) => JSON.stringify(Object.values(parsed(i) as object)[0])),
    hasBody,
  ),
  both(
    'body/part-only',
    'one member left out',
    withHash((i) => JSON.stringify(Object.fromEntries(Object.entries(parsed(i) as object).slice(1)))),
    (i) => hasBody(i) && Object.keys(parsed(i) as object).length > 1,
  ),
  both(
    'body/form-encoding',
    'payload=',
    withHash((i) => `payload=${encodeURIComponent(i.body)}`),
    hasBody,
  ),
  both(
    'content-hash/encoding',
    'hexadecimal',
    (s) => void (s.hash = Buffer.from(s.hash, 'base64').toString('hex')),
    hasBody,
  ),
  both(
    'content-hash/encoding',
    'base64 of hexadecimal',
    (s) => void (s.hash = Buffer.from(Buffer.from(s.hash, 'base64').toString('hex')).toString('base64')),
    hasBody,
  ),
  both('content-hash/encoding', 'no padding', (s) => void (s.hash = s.hash.replace(/=+$/, '')), hasBody),
  both(
    'content-hash/algorithm',
    'SHA-1',
    (s, i) => void (s.hash = createHash('sha1').update(i.body).digest('base64')),
    hasBody,
  ),
  both(
    'content-hash/algorithm',
    'SHA-512',
    (s, i) => void (s.hash = createHash('sha512').update(i.body).digest('base64')),
    hasBody,
  ),
  acs('content-hash/algorithm', 'MD5', (s, i) => void (s.hash = md5(i.body))),
  sinch('content-hash/algorithm', 'SHA-256', (s, i) => void (s.hash = sha256(i.body)), hasBody),
  acs(
    'content-hash/mismatch',
    'another body',
    withHash(() => 'another body altogether'),
  ),
  acs(
    'content-hash/not-sent',
    'header missing',
    (s) => void (s.headers = (h) => h.filter(([name]) => name !== 'x-ms-content-sha256')),
  ),
  both('url/absolute', 'https URL', (s, i) => void (s.target = `https://${i.host}${s.target}`)),
  both('url/absolute', 'http URL', (s, i) => void (s.target = `http://${i.host}${s.target}`)),
  both('url/absolute', 'host and path', (s, i) => void (s.target = i.host + s.target)),
  acs('url/host', 'trailing slash', (s) => void (s.host += '/')),
  acs('url/host', 'scheme', (s) => void (s.host = `https://${s.host}`)),
  acs('url/host', ':443', (s) => void (s.host = `${s.host.replace(/:\d+$/, '')}:443`)),
  acs('url/host', 'upper case', (s) => void (s.host = s.host.toUpperCase())),
  acs(
    'url/host',
    'extra letter',
    (s) => void (s.host = s.host.replace('communication', 'communications')),
    (i) => i.host.includes('communication.'),
  ),
  acs('url/host', 'missing letter', (s) => void (s.host = s.host.slice(1))),
  acs(
    'url/host',
    'without its port',
    (s) => void (s.host = s.host.replace(/:\d+$/, '')),
    (i) => /:\d+$/.test(i.host),
  ),
  acs(
    'url/host',
    'localhost and 127.0.0.1',
    (s) => void (s.host = s.host.replace('localhost', '127.0.0.1')),
    (i) => i.host.startsWith('localhost'),
  ),
  both('url/path', 'leading slash missing', (s) => void (s.target = s.target.slice(1))),
  both('url/path', 'leading slash doubled', (s) => void (s.target = `/${s.target}`)),
  both(
    'url/path',
    'first segment missing',
    (s) => void (s.target = s.target.replace(/^\/[^/]+/, '')),
    (i) => i.path.split('/').length > 2,
  ),
  both('url/path', 'trailing slash', (s, i) => void (s.target = s.target.replace(i.path, `${i.path}/`))),
  both(
    'url/path',
    'lower case',
    (s, i) => void (s.target = s.target.replace(i.path, i.path.toLowerCase())),
    (i) => i.path !== i.path.toLowerCase(),
  ),
  acs(
    'url/path',
    'action missing',
    (s) => void (s.target = s.target.replace(':play', '')),
    (i) => i.path.includes(':play'),
  ),
  acs(
    'url/path',
    'the path of CreateCall',
    (s, i) => void (s.target = s.target.replace(i.path, '/calling/callConnections')),
    hasCallId,
  ),
  sinch('url/path', 'a path of the old documentation', (s) => void (s.target = '/v1/sms/+46700000000')),
  acs(
    'url/path-encoding',
    'colon encoded',
    (s) => void (s.target = s.target.replace(/:(?=play)/, '%3A')),
    (i) => i.path.includes(':play'),
  ),
  both(
    'url/path-encoding',
    'decoded',
    (s, i) => void (s.target = s.target.replace(i.path, decodeURIComponent(i.path))),
    (i) => i.path.includes('%'),
  ),
  both(
    'url/path-encoding',
    'encoded twice',
    (s, i) => void (s.target = s.target.replace(i.path, i.path.replaceAll('%', '%25'))),
    (i) => i.path.includes('%'),
  ),
  both(
    'url/path-encoding',
    'lower-case escapes',
    (s, i) =>
      void (s.target = s.target.replace(
        i.path,
        i.path.replace(/%[0-9A-F]{2}/g, (e) => e.toLowerCase()),
      )),
    (i) => /%\d?[A-F]/.test(i.path),
  ),
  acs(
    'url/query-other',
    'another api-version',
    (s) => void (s.target = s.target.replace('api-version=2023-10-15', 'api-version=2024-04-15')),
  ),
  acs(
    'url/path',
    'another letter case of the action',
    (s) => void (s.target = s.target.replace(':play', ':Play')),
    (i) => i.path.includes(':play'),
  ),
  both('layout/literal-newline', 'percent-encoded as a whole', (s) => void (s.finish = encodeURIComponent)),
  acs(
    'url/query-omitted',
    'query left out',
    (s, i) => void (s.target = i.path),
    (i) => i.query !== '',
  ),
  acs(
    'url/query-omitted',
    'bare question mark kept',
    (s, i) => void (s.target = `${i.path}?`),
    (i) => i.query !== '',
  ),
  sinch(
    'url/query-omitted',
    'query signed',
    (s, i) => void (s.target = `${i.path}?${i.query}`),
    (i) => i.query !== '',
  ),
  acs(
    'url/query-order',
    'sorted',
    (s, i) => void (s.target = `${i.path}?${i.query.split('&').toSorted().join('&')}`),
    (i) => i.query.split('&').toSorted().join('&') !== i.query,
  ),
  acs(
    'url/query-encoding',
    'URLSearchParams',
    (s, i) => void (s.target = `${i.path}?${new URLSearchParams(i.query).toString()}`),
    (i) => new URLSearchParams(i.query).toString() !== i.query,
  ),
  acs(
    'template/unresolved',
    '{{callConnectionId}}',
    (s, i) => void (s.target = s.target.replace(callId(i), '{{callConnectionId}}')),
    hasCallId,
  ),
  acs(
    'template/unresolved',
    ':callConnectionId',
    (s, i) => void (s.target = s.target.replace(callId(i), ':callConnectionId')),
    hasCallId,
  ),
  acs(
    'template/unresolved',
    '<call_connection_id>',
    (s, i) => void (s.target = s.target.replace(callId(i), '<call_connection_id>')),
    hasCallId,
  ),
  both('template/unresolved', '{{endpoint}} kept', (s) => void (s.target = `{{endpoint}}${s.target}`)),
  acs(
    'template/unresolved',
    '{{endpoint}} and {{callConnectionId}}',
    (s, i) => void (s.target = `{{endpoint}}${s.target.replace(callId(i), '{{callConnectionId}}')}`),
    hasCallId,
  ),
  sinch(
    'template/unresolved',
    '{callId}',
    (s, i) => void (s.target = s.target.replace(callId(i), '{callId}')),
    hasCallId,
  ),
  both(
    'template/unresolved',
    'in the body',
    withHash((i) => i.body.replace(/"(\+\d+)"/, '"{{phoneNumber}}"')),
    (i) => /"\+\d+"/.test(i.body),
  ),
  sinch(
    'header/name-case',
    'X-Timestamp',
    (s) => void (s.join = (p) => [p.method, p.hash, p.contentType, `X-Timestamp:${p.date}`, p.target].join('\n')),
  ),
  sinch(
    'header/name-case',
    'a space after the colon',
    (s) => void (s.join = (p) => [p.method, p.hash, p.contentType, `x-timestamp: ${p.date}`, p.target].join('\n')),
  ),
  acs(
    'header/name-case',
    'declared as sent',
    (s) =>
      void (s.authorization = (sig) => `HMAC-SHA256 SignedHeaders=X-Ms-Date;Host;X-Ms-Content-Sha256&Signature=${sig}`),
  ),
  acs(
    'header/signed-set',
    'Date sent, x-ms-date declared',
    (s) => void (s.headers = (h) => h.map(([name, value]) => [name === 'x-ms-date' ? 'Date' : name, value] as const)),
  ),
  acs('header/signed-set', 'content-type signed and declared', (s) => {
    s.finish = (text) => `${text};${s.contentType}`;
    s.authorization = (sig) =>
      `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256;content-type&Signature=${sig}`;
  }),
  acs(
    'header/signed-set',
    'content-type signed, not declared',
    (s) => void (s.finish = (text) => `${text};${s.contentType}`),
  ),
  acs('header/signed-set', 'host first, declared so', (s) => {
    s.join = (p) => `${p.method}\n${p.target}\n${p.host};${p.date};${p.hash}`;
    s.authorization = (sig) => `HMAC-SHA256 SignedHeaders=host;x-ms-date;x-ms-content-sha256&Signature=${sig}`;
  }),
  acs('header/signed-set', 'host neither declared nor signed', (s) => {
    s.join = (p) => `${p.method}\n${p.target}\n${p.date};${p.hash}`;
    s.authorization = (sig) => `HMAC-SHA256 SignedHeaders=x-ms-date;x-ms-content-sha256&Signature=${sig}`;
  }),
  acs(
    'header/signed-set',
    'other order declared only',
    (s) =>
      void (s.authorization = (sig) => `HMAC-SHA256 SignedHeaders=host;x-ms-date;x-ms-content-sha256&Signature=${sig}`),
  ),
  sinch(
    'header/content-type',
    'charset added after signing',
    (s) =>
      void (s.headers = (h) =>
        h.map(([name, value]) => [name, name === 'Content-Type' ? `${value}; charset=utf-8` : value] as const)),
    (i) => i.contentType === 'application/json',
  ),
  sinch(
    'header/content-type',
    'charset signed, not sent',
    (s) => void (s.contentType = 'application/json; charset=UTF-8'),
    (i) => i.contentType === 'application/json',
  ),
  sinch(
    'header/content-type',
    'empty',
    (s) => void (s.contentType = ''),
    (i) => i.contentType !== '',
  ),
  sinch(
    'header/content-type',
    'signed, not sent',
    (s) => void (s.contentType = 'application/json'),
    (i) => i.contentType === '',
  ),
  sinch('header/content-type', 'undefined', (s) => void (s.contentType = 'undefined')),
  acs(
    'header/authorization-syntax',
    'word missing',
    (s) => void (s.authorization = (sig) => `SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${sig}`),
  ),
  acs(
    'header/authorization-syntax',
    'Credential=',
    (s) =>
      void (s.authorization = (sig) =>
        `HMAC-SHA256 Credential=undefined&SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${sig}`),
  ),
  acs(
    'header/authorization-syntax',
    'comma separators',
    (s) =>
      void (s.authorization = (sig) =>
        `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256, Signature=${sig}`),
  ),
  acs(
    'header/authorization-syntax',
    'quoted signature',
    (s) =>
      void (s.authorization = (sig) =>
        `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="${sig}"`),
  ),
  both('header/authorization-syntax', 'URL-encoded signature', (s) => {
    const own = s.authorization;
    s.authorization = (sig) => own(encodeURIComponent(sig));
  }),
  both('header/authorization-syntax', 'cut signature', (s) => {
    const own = s.authorization;
    s.authorization = (sig) => own(sig.slice(0, 32));
  }),
  both('header/authorization-syntax', 'plus signs as spaces', (s) => {
    const own = s.authorization;
    s.authorization = (sig) => own(sig.replaceAll('+', ' '));
  }),
  both('header/authorization-syntax', 'wrong word', (s) => {
    const own = s.authorization;
    s.authorization = (sig) => own(sig).replace(/^\S+/, 'Bearer');
  }),
  both('header/authorization-syntax', 'Python bytes literal', (s) => {
    const own = s.authorization;
    s.authorization = (sig) => own(`b'${sig}'`);
  }),
  sinch(
    'header/authorization-syntax',
    'word missing',
    (s) => void (s.authorization = (sig) => `669e367e-6bba-48ab-af15-266871c28135:${sig}`),
  ),
  sinch(
    'header/authorization-syntax',
    'space for the colon',
    (s) => void (s.authorization = (sig) => `application 669e367e-6bba-48ab-af15-266871c28135 ${sig}`),
  ),
  sinch(
    'header/authorization-syntax',
    'space after the colon',
    (s) => void (s.authorization = (sig) => `application 669e367e-6bba-48ab-af15-266871c28135: ${sig}`),
  ),
  sinch('header/authorization-syntax', 'key id missing', (s) => void (s.authorization = (sig) => `application ${sig}`)),
  sinch(
    'header/authorization-syntax',
    'encoded as Basic',
    (s) =>
      void (s.authorization = (sig) =>
        `application ${Buffer.from(`669e367e-6bba-48ab-af15-266871c28135:${sig}`).toString('base64')}`),
  ),
  acs('date/format', 'ISO 8601 sent and signed', (s, i) => void (s.date = s.sentDate = i.at.toISOString())),
  both(
    'date/format',
    'RFC 1123 without its comma, signed only',
    (s, i) => void (s.date = i.at.toUTCString().replace(',', '')),
  ),
  sinch('date/format', 'RFC 1123 sent and signed', (s, i) => void (s.date = s.sentDate = i.at.toUTCString())),
  acs(
    'date/format',
    'two-digit year',
    (s, i) => void (s.date = s.sentDate = i.at.toUTCString().replace(/(\w{3}) 20(\d\d)/, '$1 $2')),
  ),
  acs('date/format', 'ISO 8601 signed only', (s, i) => void (s.date = i.at.toISOString())),
  sinch('date/format', 'milliseconds left out', (s, i) => void (s.date = i.at.toISOString().replace(/\.\d+/, ''))),
  both('date/unit', 'seconds signed', (s, i) => void (s.date = String(Math.floor(i.at.getTime() / 1000)))),
  both('date/unit', 'milliseconds sent and signed', (s, i) => void (s.date = s.sentDate = String(i.at.getTime()))),
  both(
    'date/not-the-one-sent',
    'one second earlier',
    (s, i) => void (s.date = isAcs(s) ? later(i.at, -1000).toUTCString() : later(i.at, -1000).toISOString()),
  ),
  both(
    'date/not-the-one-sent',
    'two hours (a time zone)',
    (s, i) => void (s.date = isAcs(s) ? later(i.at, 7_200_000).toUTCString() : later(i.at, 7_200_000).toISOString()),
  ),
  sinch('date/not-the-one-sent', '137 ms earlier', (s, i) => void (s.date = later(i.at, -137).toISOString())),
  acs('date/not-the-one-sent', 'the other date header', (s, i) => {
    s.date = later(i.at, -3_777_000).toUTCString();
    s.headers = (h) => [...h, ['Date', later(i.at, -3_777_000).toUTCString()]];
  }),
  acs(
    'header/duplicated',
    'x-ms-date twice',
    (s, i) => void (s.headers = (h) => [...h, ['X-MS-Date', later(i.at, 5000).toUTCString()]]),
  ),
  both('layout/newlines', 'CRLF', (s) => void (s.finish = (text) => text.replaceAll('\n', '\r\n'))),
  both('layout/newlines', 'CR', (s) => void (s.finish = (text) => text.replaceAll('\n', '\r'))),
  both('layout/newlines', 'empty line after the method', (s) => void (s.finish = (text) => text.replace('\n', '\n\n'))),
  sinch(
    'layout/newlines',
    'blank lines filtered out',
    (s) => void (s.finish = (text) => text.split('\n').filter(Boolean).join('\n')),
    (i) => i.body === '',
  ),
  both('layout/literal-newline', 'backslash n', (s) => void (s.finish = (text) => text.replaceAll('\n', '\\n'))),
  both('layout/trailing-newline', 'newline', (s) => void (s.finish = (text) => `${text}\n`)),
  both('layout/trailing-newline', 'CRLF', (s) => void (s.finish = (text) => `${text}\r\n`)),
  acs(
    'layout/separator',
    'commas',
    (s) => void (s.join = (p) => `${p.method}\n${p.target}\n${p.date},${p.host},${p.hash}`),
  ),
  acs(
    'layout/separator',
    'newlines',
    (s) => void (s.join = (p) => `${p.method}\n${p.target}\n${p.date}\n${p.host}\n${p.hash}`),
  ),
  both('layout/separator', 'nothing', (s) => void (s.finish = (text) => text.replaceAll('\n', ''))),
  both('layout/separator', 'spaces', (s) => void (s.finish = (text) => text.replaceAll('\n', ' '))),
  acs(
    'layout/order',
    'host before date',
    (s) => void (s.join = (p) => `${p.method}\n${p.target}\n${p.host};${p.date};${p.hash}`),
  ),
  sinch(
    'layout/order',
    'path second',
    (s) => void (s.join = (p) => [p.method, p.target, p.hash, p.contentType, `x-timestamp:${p.date}`].join('\n')),
  ),
  both('layout/part-missing', 'no method', (s) => {
    const own = s.join;
    s.join = (p) => own(p).replace(`${p.method}\n`, '');
  }),
  acs('layout/part-missing', 'no host', (s) => void (s.join = (p) => `${p.method}\n${p.target}\n${p.date};${p.hash}`)),
  acs(
    'layout/part-missing',
    'labels',
    (s) =>
      void (s.join = (p) =>
        `${p.method}\n${p.target}\nx-ms-date:${p.date};host:${p.host};x-ms-content-sha256:${p.hash}`),
  ),
  sinch(
    'layout/part-missing',
    'bare timestamp',
    (s) => void (s.join = (p) => [p.method, p.hash, p.contentType, p.date, p.target].join('\n')),
  ),
  sinch(
    'layout/part-missing',
    'no timestamp line',
    (s) => void (s.join = (p) => [p.method, p.hash, p.contentType, p.target].join('\n')),
  ),
  both('method/case', 'lower case', (s) => void (s.method = s.method.toLowerCase())),
  both('method/other', 'another verb', (s) => void (s.method = s.method === 'PUT' ? 'GET' : 'PUT')),
  both(
    'digest/encoding',
    'hexadecimal',
    (s) => void (s.digest = (key, text) => createHmac('sha256', key).update(text).digest('hex')),
  ),
  both(
    'digest/encoding',
    'upper-case hexadecimal',
    (s) => void (s.digest = (key, text) => createHmac('sha256', key).update(text).digest('hex').toUpperCase()),
  ),
  both(
    'digest/encoding',
    'base64url',
    (s) => void (s.digest = (key, text) => createHmac('sha256', key).update(text).digest('base64url')),
  ),
  both(
    'digest/encoding',
    'base64 of hexadecimal',
    (s) =>
      void (s.digest = (key, text) =>
        Buffer.from(createHmac('sha256', key).update(text).digest('hex')).toString('base64')),
  ),
  both(
    'digest/encoding',
    'no padding',
    (s) => void (s.digest = (key, text) => createHmac('sha256', key).update(text).digest('base64').replace(/=+$/, '')),
  ),
  both(
    'digest/encoding',
    'hexadecimal of base64',
    (s) =>
      void (s.digest = (key, text) =>
        Buffer.from(createHmac('sha256', key).update(text).digest('base64')).toString('hex')),
  ),
  both('digest/algorithm', 'SHA-1', (s) => void (s.algorithm = 'sha1')),
  both('digest/algorithm', 'SHA-512', (s) => void (s.algorithm = 'sha512')),
  both('digest/algorithm', 'MD5', (s) => void (s.algorithm = 'md5')),
  both(
    'digest/not-hmac',
    'hash of key and string',
    (s) => void (s.digest = (key, text) => createHash('sha256').update(key).update(text).digest('base64')),
  ),
  both(
    'digest/not-hmac',
    'hash of string and key',
    (s) => void (s.digest = (key, text) => createHash('sha256').update(text).update(key).digest('base64')),
  ),
  both(
    'digest/not-hmac',
    'hashed before the HMAC, raw',
    (s) =>
      void (s.digest = (key, text) =>
        createHmac('sha256', key).update(createHash('sha256').update(text).digest()).digest('base64')),
  ),
  both(
    'digest/not-hmac',
    'hashed before the HMAC, hexadecimal',
    (s) =>
      void (s.digest = (key, text) =>
        createHmac('sha256', key).update(createHash('sha256').update(text).digest('hex')).digest('base64')),
  ),
];
