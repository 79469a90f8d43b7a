import { inputError } from './input-error.ts';

const placeholder = /\{\{[ \t]{0,20}([$%]?\w[^{}\n]{0,200}?)[ \t]{0,20}\}\}/g;
/** What variables may add to a file, in characters: more than any request holds. */
const longestAddition = 1_000_000;
const deepest = 10;

/** Variables of an editor's file, which stand for each other, too. */
export class TemplateVariables {
  readonly #values: Map<string, string>;
  #added = 0;

  constructor(given: ReadonlyMap<string, string>) {
    this.#values = new Map(given);
  }

  /** What was given from outside wins over what the file says. */
  define(name: string, value: string): void {
    if (!this.#values.has(name)) this.#values.set(name, value);
  }

  /**
   * A text with the variables' values; what has none stays and is added to `unresolved`.
   *
   * @throws CountersignError `input/http-file` when the variables stand for more than a request holds
   */
  fill(text: string, unresolved: Set<string>, depth = 0): string {
    return text.replace(placeholder, (whole, name: string) => {
      const value = this.#values.get(name);
      if (value === undefined || depth === deepest) {
        unresolved.add(whole);
        return whole;
      }
      const filled = this.fill(value, unresolved, depth + 1);
      this.#added += filled.length + 1;
      if (this.#added > longestAddition) {
        throw inputError('input/http-file', `the variable ${name} stands for more text than a request holds`);
      }
      return filled;
    });
  }
}
