import { InvalidArgumentError } from 'commander';

/** Reads how many there are to be: a whole number above 0. */
export function countArgument(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A number of events is a whole number above 0.');
}

/** Reads how many a second: a number above 0. */
export function rateArgument(text: string): number {
  if (/^\d{1,6}(?:\.\d{1,3})?$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('A rate is a number a second, above 0: 5, 0.5.');
}
