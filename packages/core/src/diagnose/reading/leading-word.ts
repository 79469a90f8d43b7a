import type { Scheme } from '../../scheme.ts';

/** The word before the first field of a scheme's template, for example `HMAC-SHA256`; empty when there is none. */
export function schemeWord({ authorization: { template } }: Scheme): string {
  return /^([\w-]+) /.exec(template)?.[1] ?? '';
}

/** Takes the leading word off a header's value and says what is wrong with it. */
export function takeWord(scheme: Scheme, value: string, slips: string[]): string {
  const word = schemeWord(scheme);
  if (word === '') return value;
  const own = ownWord(word);
  const found = own.exec(value);
  if (!found) {
    const other = /^([A-Za-z][\w-]*)\s+(?=\S)/.exec(value);
    const rest = value.slice(other?.[0].length ?? 0);
    const behind = other && own.exec(rest);
    if (behind) slips.push(`"${other[1]}" stands before "${word}"`);
    else
      slips.push(other ? `it begins with "${other[1]}" instead of "${word}"` : `the leading word "${word}" is missing`);
    return behind ? withoutWord(scheme, rest, behind, slips) : rest;
  }
  return withoutWord(scheme, value, found, slips);
}

function withoutWord(scheme: Scheme, value: string, found: RegExpExecArray, slips: string[]): string {
  const word = schemeWord(scheme);
  const [whole, spelled = '', mark = ''] = found;
  const right = scheme.authorization.anyCaseWord ? spelled.toLowerCase() === word.toLowerCase() : spelled === word;
  if (!right) slips.push(`"${word}" is spelled "${spelled}"`);
  if (mark === '') slips.push(`the space after "${word}" is missing`);
  else if (mark.trim() !== '') slips.push(`"${mark.trim()}" stands after "${word}", where one space belongs`);
  else if (mark !== ' ') slips.push(`white space other than one space stands after "${word}"`);
  const rest = value.slice(whole.length);
  const again = ownWord(word).exec(rest);
  if (!again) return rest;
  slips.push(`"${word}" stands there twice`);
  return rest.slice(again[0].length);
}

/** The word as people spell it: in any case, with another mark or none where it has a hyphen; what follows it is no letter. */
function ownWord(word: string): RegExp {
  return new RegExp(`^(${word.replaceAll('-', '[-_ ]?')})(\\s*[:,;=]\\s*|\\s+|(?=Signed|Signature))`, 'i');
}
