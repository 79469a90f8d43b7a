import type { Command } from '../../../engine/command.ts';

/** Says on the timeline why a stream server was not reached. The address is shown without its query, which may hold secrets. */
export function streamRefusal(url: string, problem: string): Command {
  const summary = `The stream server at ${url.replace(/[?#].*$/s, '')} cannot be connected: ${problem}`;
  return { type: 'explain-refusal', code: 'stream/unreachable', summary };
}
