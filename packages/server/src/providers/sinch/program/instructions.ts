import type { CheckedRule, InstructionRule } from '../calls/element.ts';
import { answer } from './instructions/answer.ts';
import { playFiles } from './instructions/play-files.ts';
import { say } from './instructions/say.ts';
import { sendDtmf } from './instructions/send-dtmf.ts';
import { setCookie } from './instructions/set-cookie.ts';
import { startRecording } from './instructions/start-recording.ts';
import { stopRecording } from './instructions/stop-recording.ts';

/** Every instruction of SVAML. */
export const instructionRules: readonly CheckedRule<InstructionRule>[] = [
  playFiles,
  say,
  sendDtmf,
  setCookie,
  answer,
  startRecording,
  stopRecording,
];

const byName = new Map(instructionRules.map((rule) => [rule.name.toLowerCase(), rule]));

/** The rule of an instruction, by its name in any case. */
export function instructionRule(name: string): CheckedRule<InstructionRule> | undefined {
  return byName.get(name.toLowerCase());
}
