import { parameterText, readParameters, type Parameter } from '../canonical/parameters.ts';
import type { Message } from '../message.ts';
import { optionalText, optionalTexts } from '../rule-members.ts';
import { provideReader } from './readers.ts';
import type { SourceRow } from './source.ts';
import { checkForm, unreadable } from './unreadable.ts';

/** The parameters of the query or of a form, sorted by name. */
export interface ParametersSource {
  readonly from: 'parameters';
  readonly in: 'query' | 'form-or-query';
  /** Names that are not signed, that of the signature above all. */
  readonly except?: readonly string[];
  /** How one parameter is written, with `{name}` and `{value}`: `{name}{value}`, `&{name}={value}`. */
  readonly pair: string;
  /** What stands between two parameters. */
  readonly separator?: string;
  /** How names and values are written: decoded, percent-encoded, or decoded with `_` for each `&` and `=` in a value. */
  readonly writing: 'decoded' | 'percent-encoded' | 'underscored';
  /** Names of parameters in whose values a `+` on the wire is a plus, and no space. */
  readonly literalPlus?: readonly string[];
}

/** The parameters that are signed, in the order signed; `undefined` where they cannot be read. */
function signedParameters(source: ParametersSource, message: Message): Parameter[] | undefined {
  const all = readParameters(parameterText(message, source.in), source.literalPlus);
  // A name is not underscored, so one with a separator would read as several parameters.
  if (!all || (source.writing === 'underscored' && all.some(([name]) => /[&=]/.test(name)))) return undefined;
  // Those of one name stay in the order sent.
  return all
    .filter(([name]) => !source.except?.includes(name))
    .toSorted(([name], [other]) => (name === other ? 0 : name < other ? -1 : 1));
}

function written(source: ParametersSource, parameters: readonly Parameter[]): string {
  const [before = '', between = '', after = ''] = source.pair.split(/\{name\}|\{value\}/);
  const write = (text: string, isValue: boolean): string => {
    if (source.writing === 'percent-encoded') return encodeURIComponent(text);
    return isValue && source.writing === 'underscored' ? text.replace(/[&=]/g, '_') : text;
  };
  return parameters
    .map(([name, value]) => before + write(name, false) + between + write(value, true) + after)
    .join(source.separator ?? '');
}

provideReader<ParametersSource>('parameters', (source, message, _, name) =>
  written(
    source,
    signedParameters(source, message) ??
      unreadable(source.in === 'query' ? 'target/malformed' : 'body/malformed', name),
  ),
);

const placeWords: Readonly<Record<ParametersSource['in'], string>> = {
  query: "the query's parameters",
  'form-or-query': "the form's fields, or the query's parameters",
};

/** All that is to be known of it. */
export const parameters: SourceRow<ParametersSource> = {
  members: {
    in: ['query', 'form-or-query'] satisfies ParametersSource['in'][],
    except: optionalTexts,
    pair: {
      wanted: 'text with {name} and then {value}',
      fits: (value) => /^[^{}]*\{name\}[^{}]*\{value\}[^{}]*$/.test(String(value)),
    },
    separator: optionalText,
    writing: ['decoded', 'percent-encoded', 'underscored'] satisfies ParametersSource['writing'][],
    literalPlus: optionalTexts,
  },
  holds: () => /[^]/,
  words: ({ in: place, except }) =>
    `${placeWords[place]}${except ? ` without ${except.join(' and ')}` : ''}, sorted by name`,
  signs: ({ in: place }) => (place === 'query' ? ['query'] : ['parameters', 'body']),
  // A date is read from a form where there is one: a query that is signed says nothing of it.
  signsRule: ({ except, in: place }, { date }, rule) =>
    rule === 'date' && place !== 'query' && date?.parameter !== undefined && !except?.includes(date.parameter),
  check: ({ in: place }, message) => (place === 'query' ? undefined : checkForm(message)),
  received: (source, message) => written(source, signedParameters(source, message) ?? []),
};
