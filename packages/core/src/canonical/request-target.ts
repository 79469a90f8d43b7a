import type { TargetForm } from '../scheme.ts';

/** The signed piece of a request target, exactly as sent: no decoding, no sorting, no normalization. */
export function targetForm(target: string, form: TargetForm): string {
  if (form === 'as-sent') return target;
  const question = target.indexOf('?');
  if (form === 'path') return question < 0 ? target : target.slice(0, question);
  return question < 0 ? '' : target.slice(question + 1);
}
