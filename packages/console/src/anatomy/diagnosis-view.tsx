import type { Diagnosis, FixLanguage, Mistake, YourString } from '@countersign/core/diagnose';
import { CodeBlock } from '../controls/code-block.tsx';
import { chooseLanguage, language, languageNames } from '../controls/language.ts';
import type { ComponentChildren } from 'preact';
import { grouped } from '../format/number.ts';
import { duration } from '../format/time.ts';
import { reasonInOwnString, reasonOf } from './certainty-reason.ts';
import { MistakeId } from './mistake-id.tsx';
import { SideBySide } from './side-by-side.tsx';
import type { ShownPart } from './shown-part.ts';
import { TwoStrings } from './two-strings.tsx';
import './anatomy.css';

const verdicts: Readonly<Record<Diagnosis['verdict'], { words: string; tone: string }>> = {
  valid: { words: 'The signature is right', tone: 'good' },
  explained: { words: 'Explained', tone: 'warn' },
  unexplained: { words: 'Not explained: nothing that was tried reproduces this signature', tone: 'bad' },
  malformed: { words: 'Not a signed request', tone: 'bad' },
};
/** Of Basic authentication the credentials can be right: there is no signature. */
const rightCredentials = { words: 'The credentials are right, and there is no signature', tone: 'good' };

/**
 * A diagnosis: each mistake in a sentence with its proof and its fix, the two strings side by side, what else fits, what
 * else to know. `parts` is the string that the service signs.
 */
export function DiagnosisView({
  diagnosis,
  parts,
  missing: ways,
}: {
  diagnosis: Diagnosis;
  parts: readonly ShownPart[];
  /** How more can be tried here; by default on the command line. */
  missing?: ComponentChildren;
}) {
  const { mistakes, alternatives, notes, missing, verdict, yourString } = diagnosis;
  const isBasic = verdict === 'valid' && notes.some(({ id }) => id === 'scheme/basic');
  const { words, tone } = isBasic ? rightCredentials : verdicts[verdict];
  return (
    <section class="diagnosis" aria-label="Diagnosis">
      {(mistakes.length === 0 || verdict === 'valid' || verdict === 'unexplained') && (
        <p class={`verdict ${tone}`}>
          <strong>{words}</strong>
        </p>
      )}
      {mistakes.length > 1 && <p class="hint">All of these together:</p>}
      {mistakes.map((mistake) => (
        <MistakeView
          key={mistake.id + mistake.summary}
          mistake={mistake}
          reason={reasonOf(mistake.certainty, verdict)}
          isInString={parts.some(({ name }) => name === mistake.at.part)}
        />
      ))}
      <TwoStrings parts={parts} mistakes={mistakes} />
      {mistakes.length > 0 && <Fixes mistakes={mistakes} client={diagnosis.language} />}
      {yourString && <OwnString own={yourString} />}
      {alternatives.length > 0 && (
        <details>
          <summary>Other explanations ({alternatives.length})</summary>
          <ul>
            {alternatives.map((others, index) => (
              <li key={index}>
                {others.map(({ id, summary }) => (
                  <p key={id}>
                    <MistakeId id={id} /> {summary}
                  </p>
                ))}
              </li>
            ))}
          </ul>
        </details>
      )}
      {notes.length > 0 && (
        <>
          <h4>Also worth knowing</h4>
          <ul>
            {notes.map((note) => (
              <li key={note.id + note.summary}>
                {note.summary} <code class="soft">{note.id}</code>
              </li>
            ))}
          </ul>
        </>
      )}
      {missing.length > 0 && (
        <>
          <h4>To try more</h4>
          {ways ?? (
            <>
              <p class="hint">
                Give the raw request to <code>countersign diagnose</code> with one of these:
              </p>
              <ul>
                {missing.map(({ option, summary }) => (
                  <li key={option + summary}>
                    {summary} <code class="soft">{option}</code>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
      <p class="hint">
        {grouped(diagnosis.tried)} candidate {diagnosis.tried === 1 ? 'signature' : 'signatures'} computed in{' '}
        {duration(diagnosis.elapsedMs)}
      </p>
    </section>
  );
}

/** What the user's own code makes of the request. */
function OwnString({ own: { equal, mistakes } }: { own: YourString }) {
  const words = equal
    ? 'Your string is right, byte for byte'
    : mistakes.length > 0
      ? 'Your string differs'
      : 'Your string differs, and nothing that was tried explains how';
  return (
    <section aria-label="Your string">
      <p class={`verdict ${equal ? 'good' : 'warn'}`}>
        <strong>{words}</strong>
      </p>
      {mistakes.map((mistake) => (
        <MistakeView
          key={mistake.id + mistake.summary}
          mistake={mistake}
          reason={reasonInOwnString(mistake.certainty)}
          isInString={false}
        />
      ))}
      {mistakes.length > 0 && <Fixes mistakes={mistakes} client={undefined} />}
    </section>
  );
}

function MistakeView({ mistake, reason, isInString }: { mistake: Mistake; reason: string; isInString: boolean }) {
  const { id, certainty, summary, yours, expected } = mistake;
  return (
    <article class="mistake">
      <p class="sentence">{summary}</p>
      <p class="row">
        <MistakeId id={id} />
        <span class={`badge ${certainty === 'likely' ? 'warn' : 'good'}`}>{certainty}</span>
        <span class="hint">{reason}</span>
      </p>
      {!isInString && yours !== expected && <SideBySide yours={yours} expected={expected} />}
    </article>
  );
}

/** The fixes in the language that the reader chose; before that, in the one of the program that sent the request. */
function Fixes({ mistakes, client }: { mistakes: readonly Mistake[]; client: FixLanguage | undefined }) {
  const available = (Object.keys(languageNames) as FixLanguage[]).filter((name) =>
    mistakes.every(({ fix }) => fix[name] !== undefined),
  );
  const wanted = language.value ?? client;
  const shown = wanted !== undefined && available.includes(wanted) ? wanted : available[0];
  if (shown === undefined) return null;
  return (
    <div class="fix">
      <div class="row">
        <h4>The fix</h4>
        <select
          aria-label="Language of the fix"
          value={shown}
          onChange={(event) => chooseLanguage(event.currentTarget.value as FixLanguage)}
        >
          {available.map((name) => (
            <option key={name} value={name}>
              {languageNames[name]}
            </option>
          ))}
        </select>
      </div>
      {mistakes.map(({ id, fix }) => (
        <CodeBlock key={id} code={fix[shown] ?? ''} what={`fix for ${id}`} />
      ))}
    </div>
  );
}
