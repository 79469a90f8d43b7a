import type { OutgoingMessage } from 'node:http';

/**
 * Ends a message when this turn of the event loop has dealt with all that came: the last writes of one turn leave
 * together. A write wakes the program that waits for it, which takes the system longer than the write, unless that
 * program is awake from the one before.
 *
 * @param last the last piece of the body, if there is one
 */
export function endTogether(message: OutgoingMessage, last: Uint8Array | undefined): void {
  setImmediate(end, message, last);
}

function end(message: OutgoingMessage, last: Uint8Array | undefined): void {
  if (!message.destroyed) message.end(last);
}
