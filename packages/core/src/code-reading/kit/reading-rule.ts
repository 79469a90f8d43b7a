import type { Fixes, FixLanguage, MistakeId } from '../../diagnose/diagnosis.ts';
import type { SigningCode } from './signing-code.ts';

/** A piece of code in which a rule finds its mistake, and one in which it finds none. */
export interface RuleSample {
  readonly language: FixLanguage;
  readonly faulty: string;
  readonly right: string;
}

/** What a rule found in somebody's code. */
export interface CodeFinding {
  /** Where in the code it begins. */
  readonly at: number;
  /** What of a request it makes wrong: a part of the string to sign, `key`, `body`, `signature`, `string-to-sign`. */
  readonly part: string;
  /** One sentence: what the code does, and what would be right. */
  readonly summary: string;
  readonly fix: Fixes;
}

/**
 * A mistake that can be read off code, by a pattern. It is likely and never proven, for nothing was run: the values that go
 * through the code are not known.
 */
export interface ReadingRule {
  readonly name: string;
  readonly mistake: MistakeId;
  /** What it looks for, where that is a pattern for each language. */
  readonly patterns?: Patterns;
  /** Finds it, in time linear in the code; nothing where the code may well be right. */
  find(code: SigningCode): CodeFinding | undefined;
  readonly samples: readonly RuleSample[];
}

/** Patterns by language. */
export type Patterns = Readonly<Partial<Record<FixLanguage, RegExp>>>;

/** Where the pattern of the code's language first fits; `undefined` where it has none. */
export function firstMatch({ language, text }: SigningCode, patterns: Patterns): RegExpExecArray | undefined {
  return patterns[language]?.exec(text) ?? undefined;
}

/** The patterns of JavaScript for a Postman script as well. */
export function alsoInPostman(patterns: Patterns): Patterns {
  return { postman: patterns.javascript as RegExp, ...patterns };
}
