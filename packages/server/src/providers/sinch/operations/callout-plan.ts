import type { LegInvitation } from '../../../engine/command.ts';
import type { CallDetails } from '../state/call-details.ts';
import { partyOf, type Destination } from '../state/party.ts';

/** What a callout comes to: the call's details, and the party that is rung at once. */
export interface CalloutPlan {
  readonly details: CallDetails;
  readonly leg: Omit<LegInvitation, 'leg' | 'ringTimeoutMs'> | undefined;
}

/** A method of the callouts operation. */
export interface CalloutKind {
  /** As the error for a missing member names it. */
  readonly title: string;
  /**
   * @param member the member of the body that the method names
   * @throws SinchError for whatever is wrong with it
   */
  readonly plan: (member: unknown, forwardedHeaders: CallDetails['forwardedHeaders']) => CalloutPlan;
}

/** The party to ring at once; none for a callout without a cli, which Sinch accepts and never connects. */
export function legTo(to: Destination, cli: string): CalloutPlan['leg'] {
  return cli === '' ? undefined : { party: partyOf(to), direction: 'outbound', presented: cli };
}
