import type { CallSummary } from '@countersign/server/control/views/call-view';
import { addressOf } from '../format/party.ts';

/** The name of a leg in a call: its party's address. */
export function nameOfLeg({ legs }: Pick<CallSummary, 'legs'>, id: string): string {
  const leg = legs.find((candidate) => candidate.id === id);
  return leg ? addressOf(leg) : `leg ${id}`;
}
