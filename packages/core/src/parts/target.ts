import { targetForm, type TargetForm } from '../canonical/request-target.ts';
import type { ReadSource, SourceRow } from './source.ts';

/** The request target, or a piece of it. */
export interface TargetSource {
  readonly from: 'target';
  readonly form: TargetForm;
}

/** Reads it. */
export const readTarget: ReadSource<TargetSource> = (source, message) => targetForm(message.target, source.form);

const words: Readonly<Record<TargetForm, string>> = {
  'as-sent': 'path and query as sent',
  path: 'path as sent, no query',
  query: 'query as sent',
};

/** What else is to be known of it. */
export const target: SourceRow<TargetSource> = {
  members: { form: ['as-sent', 'path', 'query'] satisfies TargetForm[] },
  holds: ({ form }) => (form === 'path' ? /[^\n\r\0 ?]/ : /[^\n\r\0 ]/),
  words: ({ form }) => words[form],
  variable: ({ form }) => (form === 'as-sent' ? 'target' : form),
  signs: ({ form }) => (form === 'query' ? ['target'] : ['target', 'path']),
};
