import type { ExactResponse } from '../requests/exact-request.ts';
import type { Style, Terminal } from '../terminal.ts';

/** What happened in a call, line by line, as it happens. */
export interface CallTimeline {
  /** A request that was sent, and its answer. */
  request(what: string, response: ExactResponse): void;
  /** A callback that came in, and how its authentication was judged. */
  event(what: string, verification: { readonly ok: boolean; readonly summary: string }): void;
  /** A state that the call reached. */
  state(what: string): void;
  /** The address of what was heard. */
  audio(address: string): void;
  /** The address of the console's page of the call. */
  page(address: string): void;
}

/** A timeline that prints a line for each entry, with the seconds since it began. */
export function printedTimeline(
  provider: string,
  print: (line: string) => void,
  paint: Terminal['paint'],
  nowMs: () => number = () => performance.now(),
): CallTimeline {
  const startedAtMs = nowMs();
  const line = (mark: string, style: Style, text: string): void => {
    const seconds = ((nowMs() - startedAtMs) / 1000).toFixed(2).padStart(6);
    print(`${paint('dim', `${seconds} s`)}  ${provider.padEnd(5)}  ${paint(style, mark)}  ${text}`);
  };
  return {
    request: (what, { status, body }) => {
      const failed = status >= 400;
      const detail = failed ? ` ${Buffer.from(body).toString('utf8').replaceAll(/\s+/g, ' ').slice(0, 300)}` : '';
      line('->', failed ? 'red' : 'cyan', `${what}  ${paint(failed ? 'red' : 'green', String(status))}${detail}`);
    },
    event: (what, { ok, summary }) =>
      line('<-', ok ? 'magenta' : 'red', `${what}  ${paint(ok ? 'green' : 'red', summary)}`),
    state: (what) => line('==', 'bold', what),
    audio: (address) => line('))', 'yellow', address),
    page: (address) => line('..', 'dim', address),
  };
}
