import type { Fixes, Mistake, MistakeId } from '../diagnosis.ts';

/** What a mistake that only public keys know is made of. */
export interface OwnMistake {
  readonly id: MistakeId;
  readonly summary: string;
  readonly yours: string;
  readonly expected: string;
  /** What to do, in a sentence. */
  readonly fix: string;
  readonly part?: string;
}

/** A mistake that was proven: the signature is that of the bytes that it makes. */
export function ownMistake({ fix, part = 'signature', ...told }: OwnMistake): Mistake {
  return { ...told, proven: true, certainty: 'proven', at: { part, offset: 0 }, fix: inEveryLanguage(fix) };
}

/** A sentence as a comment, because what is to be done stands in the verifier's settings, or is done by its library. */
function inEveryLanguage(sentence: string): Fixes {
  const [slashes, hash] = [`// ${sentence}`, `# ${sentence}`];
  return {
    javascript: slashes,
    python: hash,
    csharp: slashes,
    java: slashes,
    php: slashes,
    go: slashes,
    ruby: hash,
    bash: hash,
    powershell: hash,
  };
}
