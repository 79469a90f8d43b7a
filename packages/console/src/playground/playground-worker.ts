import { diagnose } from '@countersign/core/diagnose';
import { Secret, type Credential } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { verify } from '@countersign/core/verify';
import { schemeOf, schemes } from './schemes.ts';
import { shownParts } from '../anatomy/shown-parts.ts';
import type { Answer, Outcome, Task } from './work.ts';

// A worker, so that a search of two seconds leaves the page awake. It has no way out: it answers its page and nothing else.
addEventListener('message', ({ data }: MessageEvent<Task>) => {
  const answer: Answer = { number: data.number, outcome: perform(data) };
  postMessage(answer);
});

function perform(task: Task): Outcome {
  try {
    return outcomes[task.kind](task);
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

const outcomes: Readonly<Record<Task['kind'], (task: Task) => Outcome>> = {
  sign(task) {
    const date = task.nowMs === undefined ? {} : { date: new Date(task.nowMs) };
    const signature = sign(schemeOf(task.scheme), credentialOf(task), task.message, date);
    return { kind: 'signed', headers: signature.headers, parts: shownParts(signature.trace()) };
  },

  verify(task) {
    const verification = verify(schemeOf(task.scheme), credentialOf(task), task.message, clockOf(task));
    const parts = shownParts(verification.trace());
    if (!verification.ok) {
      return {
        kind: 'verified',
        ok: false,
        sentence: `${verification.code}: ${verification.summary}`,
        notes: [],
        parts,
      };
    }
    const notes = verification.notes.map(({ summary }) => summary);
    return { kind: 'verified', ok: true, sentence: 'The signature is right, and fresh.', notes, parts };
  },

  diagnose(task) {
    const scheme = schemeOf(task.scheme);
    const credential = { secret: task.secret, ...(task.keyId !== '' && { keyId: task.keyId }) };
    const otherSchemes = schemes.filter((other) => other !== scheme);
    const diagnosis = diagnose(scheme, credential, task.message, {
      otherSchemes,
      revealExpected: true,
      ...clockOf(task),
    });
    return { kind: 'diagnosed', diagnosis, parts: expectedParts(task) };
  },
};

/** The string that belongs to the request as it arrived, where the secret allows to build it. */
function expectedParts(task: Task): ReturnType<typeof shownParts> {
  try {
    return shownParts(verify(schemeOf(task.scheme), credentialOf(task), task.message, clockOf(task)).trace());
  } catch {
    return [];
  }
}

function credentialOf(task: Task): Credential {
  const secret = new Secret(task.secret, schemeOf(task.scheme).key.encoding);
  return task.keyId === '' ? { secret } : { secret, keyId: task.keyId };
}

function clockOf(task: Task): { now?: Date } {
  return task.nowMs === undefined ? {} : { now: new Date(task.nowMs) };
}
