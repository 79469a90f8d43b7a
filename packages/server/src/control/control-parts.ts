import type { Redaction } from '@countersign/core/redaction';
import type { Account } from '../contract/account.ts';
import type { LiveTrack } from '../audio/live-track.ts';
import type { MediaLookup } from '../audio/timeline.ts';
import type { Outbox } from '../callbacks/outbox.ts';
import type { AudioEntry, Call, MediaId } from '../engine/call.ts';
import type { Journal } from '../exchanges/journal.ts';
import type { PhoneBook } from '../phones/phone-book.ts';
import type { CallClock, VirtualClock } from '../contract/clock.ts';
import type { SendingOptions } from '../sending/send-event.ts';
import type { Switchboard } from '../contract/switchboard.ts';
import type { EventFeed } from './event-feed.ts';
import type { FaultBoard } from './fault-board.ts';

/** What the control API watches and steers. */
export interface ControlParts {
  readonly journal: Journal;
  readonly outbox: Outbox;
  readonly switchboard: Switchboard;
  readonly clock: CallClock | VirtualClock;
  readonly phones: PhoneBook;
  readonly media: MediaLookup;
  /** What a piece of audio is, for people; `undefined` when it is not kept. */
  readonly labelOf: (media: MediaId) => string | undefined;
  /** Begins audio that grows while it is heard. @param label what it is, for people */
  readonly beginTrack: (label: string) => LiveTrack;
  readonly faults: FaultBoard;
  readonly feed: EventFeed;
  /** Tells this server's event ids from those of the one that ran before it. */
  readonly serverId: string;
  /** Hides the keys of every account; `ownKeys` leaves those of the development account, which are public. */
  readonly redaction: { readonly allKeys: Redaction; readonly ownKeys: Redaction };
  readonly accounts: readonly Account[];
  readonly serverUrl: () => string;
  readonly strict: boolean;
  readonly strictCallbacks: boolean;
  /** Whether refused clients are told what they did wrong. */
  readonly diagnosesRefusals: boolean;
  /** What recordings of a call hold, where its provider says that it is more than what sounded in the call. */
  readonly recordedSounds: (call: Call) => readonly AudioEntry[] | undefined;
  /** How events are sent to endpoints of the developer's. */
  readonly sending: SendingOptions;
  /** Resets what providers keep outside calls. */
  readonly resetProviders: () => void;
}
