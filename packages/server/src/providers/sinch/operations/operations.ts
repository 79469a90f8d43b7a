import type { SinchOperation } from '../requests/operation.ts';
import { assignNumbers } from './assign-numbers.ts';
import { callouts } from './callouts.ts';
import { getCallbackUrls, setCallbackUrls } from './callback-urls.ts';
import { getCall } from './get-call.ts';
import { getConference } from './get-conference.ts';
import { kickAll } from './kick-all.ts';
import { kickParticipant } from './kick-participant.ts';
import { listNumbers } from './list-numbers.ts';
import { manageParticipant } from './manage-participant.ts';
import { queryNumber } from './query-number.ts';
import { unassignNumber } from './unassign-number.ts';
import { updateCall } from './update-call.ts';
import { updateCallLeg } from './update-call-leg.ts';

/** Every operation of the Voice API, version 1. */
export const operations: readonly SinchOperation[] = [
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
