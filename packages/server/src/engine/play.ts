import type { AudioEntry, LegId, OperationId, PlayOperation, Prompt, ReadyMedia } from './call.ts';
import type { Command, CommandRefusal } from './command.ts';
import type { Draft } from './draft.ts';
import type { CallEvent } from './event.ts';
import { byId } from './keyed.ts';
import { audienceOf, connectedLegs } from './queries.ts';
import { checkFreshOperation, findConnectedLeg, isRefusal, refuse } from './refusal.ts';
import { clearOperationTimers, setEngineTimer } from './timers.ts';
import { mustWait, playsInTurn } from './turns.ts';

/** A play that may be asked for: it has its legs. */
export interface PlayRequest {
  readonly operation: OperationId;
  readonly prompts: readonly Prompt[];
  readonly to: readonly LegId[];
  readonly toAll: boolean;
  readonly repeat: number | 'forever';
}

/** Checks a `play` command against the call and resolves who is meant. */
export function resolvePlay(draft: Draft, command: Extract<Command, { type: 'play' }>): PlayRequest | CommandRefusal {
  const duplicate = checkFreshOperation(draft.call, command.operation);
  if (duplicate) return duplicate;
  const { operation, prompts, repeat } = command;
  if (command.to === 'all') {
    const to = connectedLegs(draft.call).map((leg) => leg.id);
    if (to.length === 0) return refuse('call-not-connected', 'nobody is connected who could hear a play');
    return { operation, prompts, repeat, to, toAll: true };
  }
  const unfit = command.to.map((leg) => findConnectedLeg(draft.call, leg)).find(isRefusal);
  if (unfit) return unfit;
  if (command.to.length === 0) return refuse('leg-not-found', 'a play names at least one leg, or all');
  return { operation, prompts, repeat, to: command.to, toAll: false };
}

/** Asks for a play and for its audio. It starts when its audio is complete and its turn has come. */
export function requestPlay(draft: Draft, request: PlayRequest): void {
  draft.record({ type: 'play-requested', ...request });
  request.prompts.forEach((prompt, index) => {
    draft.record({ type: 'media-wanted', operation: request.operation, index, prompt });
  });
}

/** Takes audio that was prepared for a play. */
export function acceptPlayMedia(draft: Draft, play: PlayOperation, index: number, media: ReadyMedia): void {
  if (play.state !== 'preparing' || index >= play.prompts.length || play.ready.get(index)) return;
  draft.record({ type: 'media-prepared', operation: play.id, index, media });
}

/**
 * Starts every play whose audio is complete and that no earlier play on the same legs holds up.
 *
 * @param happened what may have brought a play's turn
 */
export function startPlaysInTurn(draft: Draft, happened: readonly CallEvent[]): void {
  for (const { id } of playsInTurn(draft.call, happened)) {
    const play = byId(draft.call.pending.plays, id);
    if (!play || play.ready.length < play.prompts.length || mustWait(draft.call, play)) continue;
    draft.record({ type: 'play-started', operation: id });
    playRound(draft, play);
  }
}

/** A round has come to its end: the next one begins, or the play is complete. */
export function endRound(draft: Draft, play: PlayOperation): void {
  if (play.state !== 'playing') return;
  if (play.repeat === 'forever' || play.played < play.repeat) playRound(draft, play);
  else draft.record({ type: 'play-completed', operation: play.id });
}

/** Stops a play where it is. */
export function cancelPlay(
  draft: Draft,
  play: PlayOperation,
  why: 'requested' | 'interrupted' | 'barge-in' | 'call-ended',
): void {
  clearOperationTimers(draft, play.id);
  draft.record({ type: 'play-canceled', operation: play.id, why });
}

function playRound(draft: Draft, play: PlayOperation): void {
  const entries = entriesOfRound(play, draft.atMs);
  const totalMs = entries.reduce((sum, { durationMs }) => sum + durationMs, 0);
  draft.record({ type: 'play-round', operation: play.id, to: audienceOf(draft.call, play), entries });
  // A loop of zero length would never let time pass, so it is played once.
  if (totalMs === 0) draft.record({ type: 'play-completed', operation: play.id });
  else setEngineTimer(draft, totalMs, { kind: 'play-end', operation: play.id });
}

function entriesOfRound(play: PlayOperation, fromMs: number): AudioEntry[] {
  let startedAtMs = fromMs;
  return play.ready.map(({ media, durationMs, text, substituted }, index) => {
    const entry = {
      media,
      startedAtMs,
      durationMs,
      operation: play.id,
      ...(text === undefined ? textOf(play.prompts[index]) : { text }),
      ...(substituted && { substituted }),
    };
    startedAtMs += durationMs;
    return entry;
  });
}

/** The words of a prompt that is no markup. */
function textOf(prompt: Prompt | undefined): { text?: string } {
  if (prompt?.kind === 'text') return { text: prompt.text };
  return prompt?.kind === 'tones' ? { text: prompt.tones } : {};
}
