import type { CollectOperation, CollectWish, LegId, OperationId } from './call.ts';
import { cancelPlay, requestPlay } from './play.ts';
import type { Command, CommandRefusal } from './command.ts';
import type { Draft } from './draft.ts';
import type { CallFact, CollectResult } from './event.ts';
import { byId } from './keyed.ts';
import { matchPhrase } from './phrases.ts';
import { checkFreshOperation, findConnectedLeg, isRefusal, refuse } from './refusal.ts';
import { clearOperationTimers, clearTimer, setEngineTimer, timerIdOf } from './timers.ts';

/** Checks a `collect` command. A party answers one question at a time. */
export function checkCollect(draft: Draft, command: Extract<Command, { type: 'collect' }>): CommandRefusal | undefined {
  const duplicate = checkFreshOperation(draft.call, command.operation);
  if (duplicate) return duplicate;
  const leg = findConnectedLeg(draft.call, command.leg);
  if (isRefusal(leg)) return leg;
  const [other] = activeCollects(draft, command.leg);
  if (other === undefined || command.interrupt) return undefined;
  return refuse('operation-conflict', `leg ${command.leg} is already being asked by operation ${other.id}`);
}

/** Starts to collect: the prompt first, if there is one, then listening. */
export function startCollect(draft: Draft, command: Extract<Command, { type: 'collect' }>): void {
  const { operation, leg, wish, prompts } = command;
  if (prompts.length === 0) {
    draft.record({ type: 'collect-started', operation, leg, wish });
    return;
  }
  const prompt = draft.context.newId();
  draft.record({ type: 'collect-started', operation, leg, wish, prompt });
  requestPlay(draft, { operation: prompt, prompts, to: [leg], toAll: false, repeat: 1 });
}

/** Goes on with those collects whose prompt has ended one way or the other, or that have none. */
export function followPrompts(draft: Draft): void {
  for (const collect of activeCollects(draft)) {
    if (collect.state !== 'prompting') continue;
    const prompt = collect.prompt === undefined ? undefined : byId(draft.call.operations, collect.prompt);
    const outcome = prompt?.kind === 'play' ? prompt.outcome : ({ kind: 'completed' } as const);
    if (outcome?.kind === 'completed') listen(draft, collect);
    if (outcome?.kind === 'failed') {
      const { kind: _failed, ...failure } = outcome;
      failCollect(draft, collect, { reason: 'prompt', failure });
    }
    if (outcome?.kind === 'canceled') {
      cancelCollect(draft, collect, outcome.why === 'barge-in' ? 'interrupted' : outcome.why);
    }
  }
}

/** Hands the keys that a party pressed, one by one, to what is being collected from it. */
export function collectTones(draft: Draft, leg: LegId, tones: string): void {
  for (const { id, wish } of activeCollects(draft, leg)) {
    if (!wish.dtmf && !wish.choices?.some((choice) => choice.tone !== undefined)) continue;
    for (const tone of tones) takeTone(draft, id, tone);
  }
}

/** Hands what a party says, from now for `lastsMs`, to what is being collected from it. */
export function collectSpeech(draft: Draft, leg: LegId, text: string, lastsMs: number): void {
  for (const { id, wish } of activeCollects(draft, leg)) {
    if (!wish.speech && !wish.choices?.some((choice) => choice.phrases.length > 0)) continue;
    const collect = hearing(draft, id);
    if (!collect) continue;
    draft.record({ type: 'collect-input', operation: id, speech: text });
    clearTimer(draft, timerIdOf({ kind: 'collect-silence', operation: id }));
    const silenceMs = wish.speech?.endSilenceMs ?? 0;
    setEngineTimer(draft, lastsMs + silenceMs, { kind: 'collect-end-silence', operation: id });
  }
}

/** A collect timer fired: no input came, or the input is complete. */
export function endWait(
  draft: Draft,
  collect: CollectOperation,
  wait: 'collect-silence' | 'collect-inter-tone' | 'collect-end-silence',
): void {
  if (collect.state !== 'listening') return;
  if (wait === 'collect-silence') failCollect(draft, collect, { reason: 'initial-silence' });
  else if (wait === 'collect-end-silence') judgeSpeech(draft, collect);
  else completeCollect(draft, collect, { kind: 'tones', tones: collect.tones, ended: 'inter-tone' });
}

/** Ends a collect, and its prompt, without a result. */
export function cancelCollect(
  draft: Draft,
  collect: CollectOperation,
  why: 'requested' | 'interrupted' | 'call-ended',
): void {
  cancelPrompt(draft, collect, why);
  clearOperationTimers(draft, collect.id);
  draft.record({ type: 'collect-canceled', operation: collect.id, why });
}

/** What is being collected, from one leg or from all, in the order in which it was asked for. */
export function activeCollects({ call }: Draft, leg?: LegId): CollectOperation[] {
  const { collects } = call.pending;
  // Not those of what is under way on the leg: thousands of plays may wait there.
  return leg === undefined ? [...collects] : collects.filter((collect) => collect.leg === leg);
}

function listen(draft: Draft, collect: CollectOperation): void {
  draft.record({ type: 'collect-listening', operation: collect.id });
  setEngineTimer(draft, collect.wish.initialSilenceMs, { kind: 'collect-silence', operation: collect.id });
}

/** The collect, if input counts for it now; input that may barge in stops the prompt first. */
function hearing(draft: Draft, id: OperationId): CollectOperation | undefined {
  const collect = byId(draft.call.operations, id);
  if (collect?.kind !== 'collect' || collect.state === 'done') return undefined;
  if (collect.state === 'listening') return collect;
  if (!collect.wish.bargeIn) return undefined;
  cancelPrompt(draft, collect, 'barge-in');
  draft.record({ type: 'collect-listening', operation: id });
  return { ...collect, state: 'listening' };
}

function takeTone(draft: Draft, id: OperationId, tone: string): void {
  const collect = hearing(draft, id);
  if (!collect) return;
  const { dtmf, choices } = collect.wish;
  if (dtmf?.stopTones.includes(tone)) {
    completeCollect(draft, collect, { kind: 'tones', tones: collect.tones, ended: 'stop-tone', stopTone: tone });
    return;
  }
  draft.record({ type: 'collect-input', operation: id, tones: tone });
  clearTimer(draft, timerIdOf({ kind: 'collect-silence', operation: id }));
  const tones = collect.tones + tone;
  const choice = choices?.find((candidate) => candidate.tone === tones);
  if (choice) {
    completeCollect(draft, collect, { kind: 'choice', label: choice.label, by: 'tone', recognized: tones });
  } else if (!dtmf) {
    failCollect(draft, { ...collect, tones }, { reason: 'no-match' });
  } else if (tones.length >= dtmf.maxTones) {
    completeCollect(draft, collect, { kind: 'tones', tones, ended: 'max-tones' });
  } else {
    setEngineTimer(draft, dtmf.interToneMs, { kind: 'collect-inter-tone', operation: id });
  }
}

function judgeSpeech(draft: Draft, collect: CollectOperation): void {
  const choice = choiceByPhrase(collect.wish, collect.speech);
  if (choice) completeCollect(draft, collect, choice);
  else if (collect.wish.speech) completeCollect(draft, collect, { kind: 'speech', text: collect.speech });
  else failCollect(draft, collect, { reason: 'no-match' });
}

function choiceByPhrase(wish: CollectWish, speech: string): CollectResult | undefined {
  for (const { label, phrases } of wish.choices ?? []) {
    const recognized = matchPhrase(phrases, speech);
    if (recognized !== undefined) return { kind: 'choice', label, by: 'phrase', recognized };
  }
  return undefined;
}

function completeCollect(draft: Draft, collect: CollectOperation, result: CollectResult): void {
  clearOperationTimers(draft, collect.id);
  draft.record({ type: 'collect-completed', operation: collect.id, result });
}

function failCollect(
  draft: Draft,
  { id: operation, tones, speech }: CollectOperation,
  why: Pick<Extract<CallFact, { type: 'collect-failed' }>, 'reason' | 'failure'>,
): void {
  clearOperationTimers(draft, operation);
  draft.record({ type: 'collect-failed', operation, tones, speech, ...why });
}

function cancelPrompt(
  draft: Draft,
  collect: CollectOperation,
  why: 'requested' | 'interrupted' | 'barge-in' | 'call-ended',
): void {
  const prompt = collect.prompt === undefined ? undefined : byId(draft.call.operations, collect.prompt);
  if (prompt?.kind === 'play' && prompt.state !== 'done') cancelPlay(draft, prompt, why);
}
