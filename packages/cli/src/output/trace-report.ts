import type { PartSource, Scheme } from '@countersign/core/scheme';
import type { SigningTrace } from '@countersign/core/trace';
import type { Terminal } from '../terminal.ts';
import { table } from './table.ts';
import { textOrBase64, visibleText } from './visible-text.ts';

/** How a signature came about, for people: the named parts, the string to sign, the computation. */
export function traceReport(trace: SigningTrace, scheme: Scheme, paint: Terminal['paint']): string {
  const { mac, key } = scheme;
  const parts = trace.parts.map(({ name, source, before, bytes, after }) => [
    name,
    describeSource(source, scheme),
    visibleText(Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]), { dots: true }),
  ]);
  const bytes = trace.stringToSign.length;
  return [
    paint('bold', `parts of ${trace.scheme}`),
    ...table(parts, '  '),
    '',
    paint('bold', `string to sign (${bytes} bytes; \\n is a line feed, · a space)`),
    ...visibleLines(trace.stringToSign).map((line) => `  ${line}`),
    '',
    paint('bold', 'signature'),
    `  ${mac.encoding}(HMAC-${mac.algorithm.toUpperCase()}(${key.encoding === 'utf8' ? 'secret' : `${key.encoding}-decoded secret`}, string to sign))`,
    `  ${trace.expected ?? ''}`,
  ].join('\n');
}

/** The string to sign, broken behind each line feed that it holds. */
function visibleLines(bytes: Uint8Array): string[] {
  return visibleText(bytes, { dots: true }).split(/(?<=(?:^|[^\\])(?:\\\\)*\\n)/);
}

/** Where a part comes from, in words. */
export function describeSource(source: PartSource, scheme: Scheme): string {
  switch (source.from) {
    case 'method':
      return 'the method';
    case 'target':
      return { 'as-sent': 'path and query as sent', path: 'path as sent, no query', query: 'query as sent' }[
        source.form
      ];
    case 'host':
      return 'the Host header';
    case 'header':
      return `the header ${source.header}`;
    case 'content-hash': {
      const rule = scheme.contentHash;
      const empty = rule?.empty === 'blank' ? ', blank for an empty body' : '';
      return rule ? `${rule.encoding} of the body's ${rule.algorithm.toUpperCase()}${empty}` : 'the content hash';
    }
    case 'date':
      return `the date in ${scheme.date?.headers.join(' or ') ?? 'the message'}`;
    case 'body':
      return 'the body';
    case 'literal':
      return 'literal text';
  }
}

/** A trace as JSON carries it. Bytes that are no text are base64. */
export function traceJson(trace: SigningTrace): unknown {
  return {
    parts: trace.parts.map(({ name, source, before, bytes, after }) => ({
      name,
      from: source.from,
      before,
      value: textOrBase64(bytes),
      after,
    })),
    stringToSign: textOrBase64(trace.stringToSign),
  };
}
