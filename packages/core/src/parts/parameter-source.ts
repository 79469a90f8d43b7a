import type { PartSource } from './sources.ts';

/** A part that is made of parameters one by one. */
export type ParameterSource = Extract<PartSource, { from: 'form' | 'parameters' | 'query-and-form' }>;

/** Whether a part is made of parameters one by one. */
export function isOfParameters(source: PartSource): source is ParameterSource {
  return source.from === 'form' || source.from === 'parameters' || source.from === 'query-and-form';
}
