import type { ExchangeSummary } from '@countersign/server/control/views/exchange-view';

/** A status, coloured by what it means. */
export function StatusBadge({ status }: { status: number | undefined }) {
  if (status === undefined) return <span class="status waiting">···</span>;
  const tone = status < 300 ? 'good' : status < 400 ? 'warn' : 'bad';
  return <span class={`status ${tone}`}>{status}</span>;
}

/** How a signature was judged, in a word. */
export function OutcomeBadge({ authentication }: { authentication: ExchangeSummary['authentication'] }) {
  if (!authentication) return null;
  const tones = { accepted: 'good', tolerated: 'warn', refused: 'bad' } as const;
  const words = { accepted: 'signature right', tolerated: 'tolerated', refused: 'refused' } as const;
  return <span class={`badge ${tones[authentication.outcome]}`}>{words[authentication.outcome]}</span>;
}
