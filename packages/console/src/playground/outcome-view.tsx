import { DiagnosisView } from '../anatomy/diagnosis-view.tsx';
import type { ShownPart } from '../anatomy/shown-part.ts';
import { StringToSign } from '../anatomy/string-to-sign.tsx';
import { CodeBlock } from '../controls/code-block.tsx';
import { MissingFields } from './missing-fields.tsx';
import type { FieldName } from './page-words.ts';
import { ProgramView } from './program-view.tsx';
import type { TaskOutcome } from './work.ts';

/** What came of signing, verifying or diagnosing. */
export function OutcomeView({ outcome, onAsk }: { outcome: TaskOutcome; onAsk: (field: FieldName) => void }) {
  switch (outcome.kind) {
    case 'read':
      return null;
    case 'failed':
      return <p class="bad problem">{outcome.message}</p>;
    case 'signed':
      return (
        <section class="card" aria-label="Signed">
          <h3>Headers to send</h3>
          {outcome.warnings.map((warning) => (
            <p key={warning} class="warn" role="alert">
              {warning}
            </p>
          ))}
          <CodeBlock
            code={outcome.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}
            what="signed headers"
          />
          {outcome.curl !== undefined && (
            <details>
              <summary>A curl command that sends it signed</summary>
              <CodeBlock code={outcome.curl} what="curl command" />
            </details>
          )}
          <ProgramView programs={outcome.programs} title="A program that signs and sends it" />
          <Anatomy parts={outcome.parts} title="What was signed" />
        </section>
      );
    case 'verified':
      return (
        <section class="card" aria-label="Verified">
          <h3>Verification</h3>
          <p class={outcome.ok ? 'good' : 'bad'} role="status">
            <strong>{outcome.ok ? 'Accepted' : 'Refused'}</strong> {outcome.sentence}
          </p>
          {outcome.notes.map((note) => (
            <p key={note} class="hint">
              {note}
            </p>
          ))}
          <ProgramView programs={outcome.programs} title="A program that receives and verifies" />
          <Anatomy parts={outcome.parts} title="The right string to sign" />
        </section>
      );
    case 'diagnosed':
      return (
        <section class="card" aria-label="Diagnosed">
          <h3>Diagnosis</h3>
          <DiagnosisView
            diagnosis={outcome.diagnosis}
            parts={outcome.parts}
            missing={<MissingFields missing={outcome.diagnosis.missing} onAsk={onAsk} />}
          />
          <Anatomy parts={outcome.parts} title="The right string to sign" />
        </section>
      );
  }
}

function Anatomy({ parts, title }: { parts: readonly ShownPart[]; title: string }) {
  if (parts.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <StringToSign parts={parts} label={title} />
    </>
  );
}
