import { headerValue } from '../../message.ts';
import { furtherHeaders, type Evidence } from '../reading/evidence.ts';
import { contentTypeFixes, withoutSeparator } from '../fixes/headers.ts';
import { hostFixes } from '../fixes/host.ts';
import { lengthFixes } from '../fixes/length.ts';
import type { Finding, MistakeClass } from '../search/mistake-class.ts';

interface Held {
  readonly kind: 'held';
  readonly header: string;
  readonly character: string;
}

/** A signed header holds what ends it in the string to sign, so its bytes could be those of its neighbour. */
export const headerSeparatorInside: MistakeClass<Held> = {
  id: 'header/separator-inside',
  rank: 30,
  needs: 'a header',
  lint: (evidence) => findSeparator(evidence)?.finding,
  say: (detail) =>
    `The header ${detail.header} holds ${JSON.stringify(detail.character)}: there its value ends in the string to sign, and another request would be signed alike. Such a request is refused whatever its signature.`,
  fixes: (evidence) => {
    const { header, character } = findSeparator(evidence) ?? {
      header: evidence.scheme.authorization.header,
      character: '',
    };
    switch (header) {
      case 'host':
        return hostFixes;
      case 'content-length':
        return lengthFixes;
      case 'content-type':
        return contentTypeFixes;
      default:
        return withoutSeparator(header, character);
    }
  },
};

function findSeparator(evidence: Evidence): { finding: Finding<Held>; header: string; character: string } | undefined {
  for (const { name, header, excludes } of signedHeaders(evidence)) {
    const value = headerValue(evidence.message.headers, header) ?? '';
    for (const character of `\n\r\0${excludes}`) {
      if (!value.includes(character)) continue;
      const detail: Held = { kind: 'held', header, character };
      return {
        finding: { detail, part: name, yours: value, expected: value.replaceAll(character, '') },
        header,
        character,
      };
    }
  }
  return undefined;
}

/** Headers whose values people choose, with what each may not hold. */
function signedHeaders(evidence: Evidence): { name: string; header: string; excludes: string }[] {
  const { parts, signedHeaders: rule } = evidence.scheme;
  const own = parts.flatMap(({ name, source, excludes = '' }) => {
    const header = source.from === 'host' ? 'host' : source.from === 'header' ? source.header : undefined;
    return header === undefined ? [] : [{ name, header, excludes }];
  });
  const separator = rule?.furtherSeparator;
  if (separator === undefined) return own;
  const further = furtherHeaders(evidence);
  const last = further.length - 1;
  return [
    ...own,
    ...further.map((header, at) => ({ name: `header ${header}`, header, excludes: at < last ? separator : '' })),
  ];
}
