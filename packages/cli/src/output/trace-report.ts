import { describeSource, type Scheme } from '@countersign/core/scheme';
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
