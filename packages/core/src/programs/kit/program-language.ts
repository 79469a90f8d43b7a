import type { SortedText } from './sorted-text.ts';

/** What a program that signs and sends is made of: lines of its language, in the order in which they stand. */
export interface SigningSteps {
  /** What the program is, for a comment at its top. */
  readonly title: readonly string[];
  /** Functions that the program calls. */
  readonly functions: readonly string[];
  /** Method, URL, body, and the headers that are signed, as the request has them. */
  readonly request: readonly string[];
  /** What leads to the signature; last the parameters that signing adds. */
  readonly lines: readonly string[];
  /** What sends the request's own headers, and then those that signing makes. */
  readonly headers: readonly string[];
  /** Whether signing adds parameters to the URL or to the body, so that the request is made after it. */
  readonly isChanged: boolean;
  /** Whether a body is sent, be it empty. */
  readonly hasBody: boolean;
  /** The answer has a head alone, whatever length it says. */
  readonly isHead: boolean;
  /** Whether there is a body, or a header that .NET has with the body. */
  readonly hasContent: boolean;
  readonly hasContentType: boolean;
  /** Whether a body is sent, and signed as one without a type. */
  readonly signsNoContentType: boolean;
  /** The environment's variables that it reads besides the secret. */
  readonly variables: readonly string[];
}

/** How programs are written in a language. */
export interface ProgramLanguage {
  /** Of a file with such a program, without a dot. */
  readonly extension: string;
  /** A function that takes the text of a query or a form, and writes its parameters as the rule says. */
  sortedText(rule: SortedText, name: string): string;
  /** A program that signs one request and sends it. */
  signing(steps: SigningSteps): string;
}
