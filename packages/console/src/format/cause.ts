/** Why a leg or a call ended, in words. */
export function causeWords(cause: string): string {
  return words[cause] ?? cause;
}

const words: Readonly<Record<string, string>> = {
  'hung-up': 'hung up',
  dropped: 'ended by the application',
  busy: 'busy',
  declined: 'declined',
  'no-answer': 'no answer',
  unreachable: 'unreachable',
  canceled: 'canceled before it was answered',
  'call-ended': 'the other side left',
  'max-duration': 'longest duration reached',
  transferred: 'transferred',
  moved: 'moved to another call',
  failed: 'failed',
};
