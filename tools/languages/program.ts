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

/** What a comment says of the lines of a program: which step begins, what stands there for some schemes, what is wrong. */
const marked = /^\s*(?:\/\/|#) (?:(step) (\S+)|(for) ([a-z0-9 -]+): (.*)|(wrong) (\S+?)(?: for ([a-z0-9 -]+))?: (.*))$/;

/**
 * Reads a program whose comments mark its steps (`step date`), what stands in the place of a step for some schemes
 * (`for sinch-webhook ledger: …`) and what is written wrong there (`wrong date/format: …`, `wrong date/unit for ledger: …`).
 *
 * @param scheme the id of the scheme, where the program is for several
 */
export async function readProgram(file: URL, scheme = ''): Promise<Program> {
  const steps = new Map<string, string>();
  const own = new Map<string, string>();
  const faults: Fault[] = [];
  let step = 'head';
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    const [, isStep, name = '', isFor, ids = '', right = '', isWrong, id = '', where, code = ''] =
      marked.exec(line) ?? [];
    if (isStep) {
      step = name;
      steps.set(step, '');
    } else if (isFor) {
      if (ids.split(' ').includes(scheme)) own.set(step, `${right}\n`);
    } else if (isWrong) {
      if (where === undefined || where.split(' ').includes(scheme)) faults.push({ id, step, code });
    } else steps.set(step, `${steps.get(step) ?? ''}${line}\n`);
  }
  return { steps: new Map([...steps, ...own]), faults };
}

/** The program's text under a name, with other code in the place of one of its steps. */
export function programWith({ steps }: Program, name: string, { step, code }: Pick<Fault, 'step' | 'code'>): string {
  const indented = (right: string): string => code.replace(/^/gm, /^[ \t]*/.exec(right)?.[0] ?? '');
  const text = [...steps].map(([own, right]) => (own === step ? `${indented(right)}\n` : right)).join('');
  return text.replaceAll('CASE', name);
}
