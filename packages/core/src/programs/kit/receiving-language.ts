import type { DateFormat } from '../../scheme.ts';

/** An item of a header that is a list: the text that it begins with, and the variable that takes the rest. */
export interface ListItem {
  readonly prefix: string;
  readonly variable: 'given' | 'date' | 'keyId';
}

/** What a program that receives and verifies is made of. */
export interface ReceivingSteps {
  /** What the program is, for a comment at its top. */
  readonly title: readonly string[];
  /** Functions that the program calls. */
  readonly functions: readonly string[];
  /** What decides, in a function that has `method`, `target`, `body` and `header`; the last line leaves it. */
  readonly lines: readonly string[];
  /** The environment's variables that it reads besides the secret; without one of them it does not start. */
  readonly variables: readonly string[];
}

/** How programs that receive are written in a language: statements, each of which may refuse, and the frame around them. */
export interface ReceivingLanguage {
  /** A variable with the text of a header, empty where it was not sent. */
  header(variable: string, name: string): string;
  /** The same for one of the headers that a list names, by its place there. */
  listedHeader(variable: string, list: string, at: number): string;
  /** Variables with what a header holds where the pattern has groups; it refuses what does not fit. */
  match(header: string, pattern: string, variables: readonly string[]): string;
  /** Variables with the items of a header; of `given` there may be several. */
  list(header: string, separator: string, items: readonly ListItem[]): string;
  /** Refuses a request that names another key. */
  readonly sameKey: string;
  /** A variable with an expression, which is left blank where there is no body. */
  blankWithoutBody(line: string): string;
  /** A variable with the path, with the query, or with the URL by which the sender called. */
  readonly path: string;
  readonly query: string;
  readonly url: string;
  /** A variable `fields` with the text of the form, empty where there is no body; refuses a body that is no form. */
  readonly fields: string;
  /** A variable `fields` with that, or with the query where there is no body. */
  readonly fieldsOrQuery: string;
  /** A variable with the first value of a parameter of a text, decoded. */
  parameter(variable: string, text: string, name: string): string;
  /** A variable `parameters` with what both texts make, joined by a dot and behind a question mark. */
  bothParameters(query: string, form: string): string;
  /** Refuses where two variables of text are not the same. */
  same(one: string, other: string): string;
  /** Refuses a signature that is not the expected one, compared in constant time; of several, one has to be it. */
  equal(isList: boolean): string;
  /** Ends the function: with whether the date is fresh, or with yes where there is no date. */
  fresh(format: DateFormat | undefined, seconds: number): string;
  /** The whole program. */
  receiving(steps: ReceivingSteps): string;
}
