import type { LocalOutcome } from '../calls/provider-calls.ts';
import { printedTimeline } from '../calls/timeline.ts';
import { credentialOf } from '../credentials/find-credential.ts';
import { providerVariables } from '../credentials/provider-variables.ts';
import { plugs } from '../plugs.ts';
import type { Terminal } from '../terminal.ts';

/** A test number that answers without ringing and stays. */
const answersAtOnce = '+12065550110';
const patienceMs = 60_000;

/**
 * Places one call through each provider: really signed requests over HTTP, to the server at `origin` and nothing else.
 * Prints what happens as it happens.
 */
export async function demonstrate(origin: string, terminal: Terminal): Promise<readonly LocalOutcome[]> {
  const print = (line: string): void => terminal.result(line);
  const outcomes: LocalOutcome[] = [];
  for (const { entry, loadCalls } of plugs) {
    const { demonstration } = await loadCalls();
    const development = providerVariables[entry.scheme.id]?.development;
    if (!development) throw new Error(`${entry.scheme.id} has no development account`);
    if (outcomes.length > 0) print('');
    print(terminal.paint('bold', demonstration.title(answersAtOnce)));
    const outcome = await demonstration.place({
      origin,
      credential: credentialOf(entry.scheme, development),
      timeline: printedTimeline(entry.name, print, terminal.paint),
      to: answersAtOnce,
      from: entry.development.number,
      patienceMs,
    });
    outcomes.push(outcome);
  }
  return outcomes;
}
