import { duration } from '../format/time.ts';
import type { Script, Step } from './script.ts';

/** What a phone does when it rings, as a sentence without its end: "answers after 1.0 s". */
export function pickUpWords(script: Script): string {
  const after = 'afterMs' in script && script.afterMs !== undefined ? ` after ${duration(script.afterMs)}` : '';
  switch (script.pickUp) {
    case 'answer':
      return `answers${after}${script.machine ? ', as a machine' : ''}`;
    case 'manual':
      return 'rings until somebody picks it up';
    case 'busy':
      return `is busy${after}`;
    case 'decline':
      return `declines${after}`;
    case 'unreachable':
      return `cannot be reached${after}`;
    case 'fail':
      return `loses the network${after}`;
    case 'no-answer':
      return 'rings until the caller gives up';
  }
}

/** What a step does, as a sentence without its end: "presses 1#". */
export function stepWords(step: Step): string {
  switch (step.do) {
    case 'wait':
      return `waits ${duration(step.ms)}`;
    case 'await-prompt':
      return `listens until a prompt is over, and ${duration(step.pauseMs ?? 500)} longer`;
    case 'await-tones':
      return `waits for the keys ${step.tones}`;
    case 'press':
      return `presses ${step.tones}`;
    case 'say':
      return `says “${step.text}”`;
    case 'beep':
      return 'beeps';
    case 'hang-up':
      return 'hangs up';
  }
}
