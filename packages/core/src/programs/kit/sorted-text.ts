import type { FixLanguage } from '../../diagnose/diagnosis.ts';
import { literal } from '../../diagnose/fixes/literal.ts';
import type { PartSource } from '../../scheme.ts';

/** How parameters are written one behind the other. */
export interface SortedText {
  /** Whether values of one name are sorted as well; else they stay in the order sent. */
  readonly sortsValues: boolean;
  /** Whether a pair that comes twice stands once. */
  readonly distinct: boolean;
  /** What stands before the name, between name and value, and behind the value. */
  readonly pair: readonly [before: string, between: string, after: string];
  readonly separator: string;
  readonly writing: 'decoded' | 'percent-encoded' | 'underscored';
  readonly except: readonly string[];
  /** Parameters whose plus is a plus, and no space. */
  readonly literalPlus: readonly string[];
}

const plain: SortedText = {
  sortsValues: true,
  distinct: false,
  pair: ['', '', ''],
  separator: '',
  writing: 'decoded',
  except: [],
  literalPlus: [],
};

/** How a part writes the query's parameters and how the form's; `undefined` where it signs none of them. */
export function sortedTexts(source: PartSource): { readonly query?: SortedText; readonly form?: SortedText } {
  switch (source.from) {
    case 'form':
      return { form: { ...plain, distinct: source.values === 'distinct' } };
    case 'query-and-form':
      return { query: { ...plain, pair: ['', '=', ''], separator: '&' }, form: plain };
    case 'parameters': {
      const [before = '', between = '', after = ''] = source.pair.split(/\{name\}|\{value\}/);
      const { separator = '', writing, except = [], literalPlus = [] } = source;
      const text: SortedText = {
        sortsValues: false,
        distinct: false,
        pair: [before, between, after],
        separator,
        writing,
        except,
        literalPlus,
      };
      return source.in === 'query' ? { query: text } : { query: text, form: text };
    }
    default:
      return {};
  }
}

/** Texts as a language writes them, with commas between them. */
export const listed = (language: FixLanguage, texts: readonly string[]): string =>
  texts.map((text) => literal(language, text)).join(', ');

/** The pieces of a pair, joined by a language's operator, without those that are empty. */
export function pairIn(
  language: FixLanguage,
  { pair }: SortedText,
  name: string,
  value: string,
  operator = ' + ',
): string {
  const [before, between, after] = pair.map((text) => (text === '' ? [] : [literal(language, text)]));
  return [...(before ?? []), name, ...(between ?? []), value, ...(after ?? [])].join(operator);
}
