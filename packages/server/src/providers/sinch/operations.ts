import type { Operation } from './operation.ts';
import { assignNumbers } from './operations/assign-numbers.ts';
import { callouts } from './operations/callouts.ts';
import { getCallbackUrls, setCallbackUrls } from './operations/callback-urls.ts';
import { getCall } from './operations/get-call.ts';
import { getConference } from './operations/get-conference.ts';
import { kickAll } from './operations/kick-all.ts';
import { kickParticipant } from './operations/kick-participant.ts';
import { listNumbers } from './operations/list-numbers.ts';
import { manageParticipant } from './operations/manage-participant.ts';
import { queryNumber } from './operations/query-number.ts';
import { unassignNumber } from './operations/unassign-number.ts';
import { updateCall } from './operations/update-call.ts';
import { updateCallLeg } from './operations/update-call-leg.ts';

/** Every operation of the Voice API, version 1. */
export const operations: readonly Operation[] = [
  callouts,
  getCall,
  updateCall,
  updateCallLeg,
  getConference,
  kickAll,
  manageParticipant,
  kickParticipant,
  listNumbers,
  assignNumbers,
  unassignNumber,
  getCallbackUrls,
  setCallbackUrls,
  queryNumber,
];
