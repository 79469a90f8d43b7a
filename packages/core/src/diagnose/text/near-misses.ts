const letters = 'abcdefghijklmnopqrstuvwxyz0123456789-.';

/** A host's name with one letter less, two exchanged, one more, one other: typing errors. */
export function* oneLetterApart(name: string): Generator<string> {
  for (let at = 0; at < name.length; at++) {
    yield name.slice(0, at) + name.slice(at + 1);
    if (at + 1 < name.length) yield name.slice(0, at) + (name[at + 1] ?? '') + (name[at] ?? '') + name.slice(at + 2);
  }
  for (let at = 0; at <= name.length; at++)
    for (const letter of letters) yield name.slice(0, at) + letter + name.slice(at);
  for (let at = 0; at < name.length; at++)
    for (const letter of letters) yield name.slice(0, at) + letter + name.slice(at + 1);
}
