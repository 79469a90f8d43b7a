/** How long a party rings when the request does not say. Azure publishes no figure; this is a telephone's usual minute. */
const defaultSeconds = 60;

/** The longest that the API takes, in seconds. */
export const maxInvitationSeconds = 180;

/** How long a party rings, in milliseconds. */
export function ringTimeoutMs(seconds: number = defaultSeconds): number {
  return seconds * 1000;
}
