import type { FixLanguage } from '@countersign/core/diagnose';
import { CodeBlock } from '../controls/code-block.tsx';
import { chooseLanguage, language, languageNames } from '../controls/language.ts';
import type { Programs } from './written-programs.ts';

/** A whole program, in the language that the reader chose. */
export function ProgramView({ programs, title }: { programs: Programs; title: string }) {
  const available = (Object.keys(languageNames) as FixLanguage[]).filter((name) => programs[name]);
  const shown = language.value ?? available[0];
  const program = shown && programs[shown];
  if (!program) return null;
  return (
    <details>
      <summary>{title}</summary>
      <p class="row">
        <select
          aria-label="Language of the program"
          value={shown}
          onChange={(event) => chooseLanguage(event.currentTarget.value as FixLanguage)}
        >
          {available.map((name) => (
            <option key={name} value={name}>
              {languageNames[name]}
            </option>
          ))}
        </select>
        <span class="hint">It reads the secret from SIGNING_SECRET when it runs; none stands in it.</span>
      </p>
      {'code' in program ? <CodeBlock code={program.code} what="program" /> : <p class="warn">{program.problem}</p>}
    </details>
  );
}
