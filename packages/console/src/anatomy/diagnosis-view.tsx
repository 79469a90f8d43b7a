import type { Diagnosis, MendLanguage, Mistake } from '@countersign/core/diagnose';
import { CodeBlock } from '../controls/code-block.tsx';
import { chooseLanguage, language, languageNames } from '../controls/language.ts';
import { SideBySide } from './side-by-side.tsx';

const verdicts: Readonly<Record<Diagnosis['verdict'], { words: string; tone: string }>> = {
  valid: { words: 'The signature is right', tone: 'good' },
  explained: { words: 'Explained', tone: 'warn' },
  unexplained: { words: 'Not explained', tone: 'bad' },
  malformed: { words: 'Not a signed request', tone: 'bad' },
};

/** A diagnosis: the verdict, each mistake with its proof and its mend, what else fits, what else to know. */
export function DiagnosisView({ diagnosis }: { diagnosis: Diagnosis }) {
  const { words, tone } = verdicts[diagnosis.verdict];
  return (
    <section class="diagnosis" aria-label="Diagnosis">
      <p class={tone} role="status">
        <strong>{words}</strong>
      </p>
      {diagnosis.mistakes.map((mistake) => (
        <MistakeView key={mistake.id} mistake={mistake} />
      ))}
      {diagnosis.alternatives.length > 0 && (
        <details>
          <summary>Other explanations ({diagnosis.alternatives.length})</summary>
          <ul>
            {diagnosis.alternatives.map((mistakes, index) => (
              <li key={index}>{mistakes.map((mistake) => `${mistake.id}: ${mistake.summary}`).join(' and ')}</li>
            ))}
          </ul>
        </details>
      )}
      {diagnosis.notes.length > 0 && (
        <>
          <h4>Also worth knowing</h4>
          <ul>
            {diagnosis.notes.map((note) => (
              <li key={note.id + note.summary}>
                <code>{note.id}</code> {note.summary}
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="hint">
        {diagnosis.tried} candidate signatures computed in {Math.round(diagnosis.elapsedMs)} ms
      </p>
    </section>
  );
}

function MistakeView({ mistake }: { mistake: Mistake }) {
  return (
    <article class="mistake">
      <p>
        <code class="mistake-id">{mistake.id}</code>{' '}
        <span class={`badge ${mistake.proven ? 'good' : 'warn'}`}>{mistake.proven ? 'proven' : 'likely'}</span>
      </p>
      <p class="sentence">{mistake.summary}</p>
      {(mistake.yours !== '' || mistake.expected !== '') && (
        <SideBySide yours={mistake.yours} expected={mistake.expected} />
      )}
      <Mend mistake={mistake} />
    </article>
  );
}

function Mend({ mistake }: { mistake: Mistake }) {
  const available = (Object.keys(languageNames) as MendLanguage[]).filter((name) => mistake.fix[name] !== undefined);
  const shown = available.includes(language.value) ? language.value : available[0];
  const code = shown === undefined ? undefined : mistake.fix[shown];
  if (shown === undefined || code === undefined) return null;
  return (
    <div class="mend">
      <div class="row">
        <strong>The mend</strong>
        <select
          aria-label="Language of the mend"
          value={shown}
          onChange={(event) => chooseLanguage(event.currentTarget.value as MendLanguage)}
        >
          {available.map((name) => (
            <option key={name} value={name}>
              {languageNames[name]}
            </option>
          ))}
        </select>
      </div>
      <CodeBlock code={code} what={`mend for ${mistake.id}`} />
    </div>
  );
}
