/** The name that a statement gives to the value at a place in it; `undefined` where it gives none. */
export function nameOfValue(text: string, at: number): string | undefined {
  const start = Math.max(text.lastIndexOf('\n', at - 1) + 1, at - 300);
  return /([A-Za-z_]\w{0,59})["'\]]{0,3}\s*(?::=|(?<![=!<>])=(?![=>]))[^=;]*$/.exec(text.slice(start, at))?.[1];
}

/** Whether a line has both a name and something else. */
export function standsWith(text: string, name: string, other: RegExp): boolean {
  const word = new RegExp(`(?<![\\w.])\\$?${name}\\b`);
  return text.split('\n').some((line) => word.test(line) && other.test(line));
}

const hashing = /mac|hash|digest|sha-?\d|md5|sig|verif|\.sum\(|dofinal/i;

/**
 * Whether the value that a pattern found is hashed or signed: by the pattern itself, by a call that it stands in, or by the name
 * that it is given.
 */
export function isHashed(text: string, { index: at, 0: piece }: RegExpExecArray): boolean {
  if (hashing.test(piece) || callsAround(text, at).some((call) => hashing.test(call))) return true;
  const name = nameOfValue(text, at);
  return name !== undefined && (hashing.test(name) || standsWith(text, name, hashing));
}

const elsewhere =
  /etag|cookie|session|cache|finger|(?:^|_)id$|Id$|picture|image|avatar|attach|version|release|revision|password|salt/i;

/** Whether a digest at a place may be the one of a request: programs hash other things, too, and say so by a name. */
export function isOfRequest(text: string, at: number): boolean {
  const name = nameOfValue(text, at);
  return name === undefined || hashing.test(name) || !elsewhere.test(name);
}

/** What is called with the value at a place among its arguments, as far as its line tells: `hmac.new`. */
function callsAround(text: string, at: number): string[] {
  const start = Math.max(text.lastIndexOf('\n', at - 1) + 1, at - 300);
  const calls: string[] = [];
  let closed = 0;
  for (let place = at - 1; place >= start; place--) {
    if (text[place] === ')') closed++;
    else if (text[place] === '(' && closed > 0) closed--;
    else if (text[place] === '(') calls.push(/[\w.:>-]{0,60}$/.exec(text.slice(start, place))?.[0] ?? '');
  }
  return calls;
}

const decoding = String.raw`decod|atob|unhex|fromhex|hex2bin|unpack|to_?bytes\(|base64\w*\(|b64|['"]base64['"]|Uint8Array`;

/** Whether a name in a piece of code was given a value that is decoded, so that it holds bytes. */
export function holdsBytes(text: string, piece: string): boolean {
  const names = new Set(Array.from(piece.matchAll(/[A-Za-z_]\w{0,59}/g), ([name]) => name));
  return [...names].some((name) =>
    new RegExp(
      String.raw`(?<!\w)${name}["'\]]{0,3}[ \t]{0,3}(?:,[ \t]{0,3}\w{1,20}[ \t]{0,3})?(?::?=)(?!=)[^\n;]{0,200}?(?:${decoding})`,
      'i',
    ).test(text),
  );
}
