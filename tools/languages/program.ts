import { readFile } from 'node:fs/promises';

/** A fault that programmers write in the place of a step. */
export interface Fault {
  /** The mistake that it is. */
  readonly id: string;
  readonly step: string;
  readonly code: string;
}

/** A right program in steps, and beside the steps what programmers write instead. */
export interface Program {
  readonly steps: ReadonlyMap<string, string>;
  readonly faults: readonly Fault[];
}

/** Reads a program whose comments mark its steps (`step date`) and what is written wrong there (`wrong date/format: …`). */
export async function readProgram(file: URL): Promise<Program> {
  const steps = new Map<string, string>();
  const faults: Fault[] = [];
  let step = 'head';
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    const [, mark = '', rest = ''] = /^\s*(?:\/\/|#) (step|wrong) (.*)$/.exec(line) ?? [];
    if (mark === 'step') {
      step = rest;
      steps.set(step, '');
    } else if (mark === 'wrong') {
      const [, id = '', code = ''] = /^(\S+): (.*)$/.exec(rest) ?? [];
      faults.push({ id, step, code });
    } else steps.set(step, `${steps.get(step) ?? ''}${line}\n`);
  }
  return { steps, faults };
}

/** The program's text under a name, with other code in the place of one of its steps. */
export function programWith({ steps }: Program, name: string, { step, code }: Pick<Fault, 'step' | 'code'>): string {
  const text = [...steps].map(([own, right]) => (own === step ? `${code}\n` : right)).join('');
  return text.replaceAll('CASE', name);
}
