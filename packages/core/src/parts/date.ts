import type { ReadSource, SourceRow } from './source.ts';

/** The text of the signed date, which stands where the scheme's `date` says. */
export interface DateSource {
  readonly from: 'date';
}

/** Reads it. */
export const readDate: ReadSource<DateSource> = (_, _message, values) => values.date;

/** What else is to be known of it. */
export const date: SourceRow<DateSource> = {
  members: {},
  needs: 'date',
  holds(_, rules) {
    const format = rules.date?.format;
    return format?.startsWith('epoch') ? /\d/ : format === 'iso8601' ? /[\d:.TZ+-]/ : /[\w:, ]/;
  },
  words(_, { date: rule }) {
    if (rule?.parameter !== undefined) return `the date in the parameter ${rule.parameter}`;
    if (rule?.headers.length === 0) return 'the date that stands beside the signature';
    return `the date in ${rule?.headers.join(' or ') ?? 'the message'}`;
  },
  signs: () => ['date'],
  headerOf: (_, _rules, dateHeader) => dateHeader,
};
