import { connection, reading, readingProblem } from './live-state.ts';

/** Whether what the page shows is what is. Said aloud when it changes. */
export function ConnectionBadge() {
  const { done, read, total } = reading.value;
  const words = (): { tone: string; text: string } => {
    if (connection.value === 'lost') return { tone: 'warn', text: 'Reconnecting…' };
    if (readingProblem.value !== undefined) return { tone: 'bad', text: 'Cannot read the server' };
    if (connection.value === 'connecting') return { tone: 'warn', text: 'Connecting…' };
    if (!done) return { tone: 'warn', text: total > 1000 ? `Reading ${read} of ${total}…` : 'Reading…' };
    return { tone: 'good', text: 'Live' };
  };
  const { tone, text } = words();
  return (
    <span class={`connection ${tone}`} role="status" title={readingProblem.value}>
      <span class="dot" aria-hidden="true" />
      {text}
    </span>
  );
}
