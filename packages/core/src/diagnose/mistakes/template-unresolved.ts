import { bodyPlaceholders } from '../body-placeholders.ts';
import type { Evidence } from '../evidence.ts';
import type { Slot } from '../layout.ts';
import { brief, type MistakeClass, type ValueMove } from '../mistake-class.ts';
import { endpointNames, syntaxes } from '../placeholders.ts';
import { targetPlaceholders } from '../target-placeholders.ts';
import { targetValue } from '../target-text.ts';

/** A placeholder was signed, and its value was sent. */
export const templateUnresolved: MistakeClass = {
  id: 'template/unresolved',
  values: (slot, evidence) =>
    targetValue(slot) === undefined ? wholeValues(slot, evidence) : targetPlaceholders(slot, evidence),
  bodies: (_, text, evidence) => bodyPlaceholders(text, evidence),
  say: (detail, { part }) => `You signed the text ${detail}${part === 'body' ? ' in the body' : ''}.`,
  mends: {
    javascript:
      'const url = template.replace("{callConnectionId}", encodeURIComponent(callConnectionId)); // before signing',
    python: 'url = template.format(callConnectionId=quote(call_connection_id, safe=""))  # before signing',
    csharp: 'var url = $"{endpoint}/calling/callConnections/{callConnectionId}:play"; // note the $',
    java: 'String url = UriComponentsBuilder.fromUriString(template).build(callConnectionId).toString(); // before signing',
    php: '$url = str_replace("{callConnectionId}", rawurlencode($callConnectionId), $template); // before signing',
    postman: 'const url = pm.variables.replaceIn(pm.request.url.toString()); // the same for pm.request.body.raw',
  },
};

/** A whole part (host, date, header) that a variable stood for. */
function* wholeValues(slot: Slot, { variables }: Evidence): Generator<ValueMove> {
  const { from } = slot.source;
  if (
    !['host', 'date', 'header', 'content-hash', 'literal', 'method'].includes(from) ||
    typeof slot.value !== 'string' ||
    slot.value === ''
  )
    return;
  const own: Readonly<Record<string, readonly string[]>> = {
    host: endpointNames,
    date: [
      'date',
      'timestamp',
      'time',
      'now',
      'x-ms-date',
      'dateStr',
      'x-timestamp',
      '$timestamp',
      '$isoTimestamp',
      'utcDate',
      'requestDate',
    ],
    'content-hash': ['hash', 'contentHash', 'body', 'contentMd5', 'md5', 'hashedBodyStr', 'content-md5'],
    header: ['contentType', 'content-type', 'Content-Type', slot.name],
    method: ['method', 'verb'],
  };
  const named = [...variables].filter(([, value]) => value === slot.value).map(([name]) => name);
  for (const name of new Set([...named, ...(own[from] ?? [])])) {
    for (const { write, cost } of syntaxes.slice(0, 9)) {
      const placeholder = write(name);
      yield {
        detail: `${placeholder}; the request went out with its value ${brief(slot.value)}`,
        cost: (named.includes(name) ? 1 : write === syntaxes[0]?.write ? 2 : 3) + cost,
        value: placeholder,
      };
    }
  }
  for (const [name, value] of variables) {
    if (value === '' || value === slot.value || !slot.value.includes(value)) continue;
    for (const { write, cost } of syntaxes.slice(0, 9)) {
      yield {
        detail: `${write(name)}; the request went out with its value ${brief(value)}`,
        cost: 1 + cost,
        value: slot.value.replaceAll(value, write(name)),
      };
    }
  }
}
