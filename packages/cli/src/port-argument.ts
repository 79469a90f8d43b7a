import { InvalidArgumentError } from 'commander';

/** Reads a port; 0 stands for any that is free. */
export function portArgument(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}
