import type { Step } from './script.ts';

/** What a step is called where it is chosen, and a new one of its kind. */
const kinds: readonly { readonly words: string; readonly fresh: Step }[] = [
  { words: 'Wait', fresh: { do: 'wait', ms: 1000 } },
  { words: 'Listen to a prompt', fresh: { do: 'await-prompt' } },
  { words: 'Wait for keys', fresh: { do: 'await-tones', tones: '1' } },
  { words: 'Press keys', fresh: { do: 'press', tones: '1' } },
  { words: 'Say', fresh: { do: 'say', text: 'Hello.' } },
  { words: 'Beep', fresh: { do: 'beep' } },
  { words: 'Hang up', fresh: { do: 'hang-up' } },
];

/** The steps of a script, one below the other, to be changed. */
export function StepEditor({ steps, onChange }: { steps: readonly Step[]; onChange: (steps: Step[]) => void }) {
  const replace = (index: number, ...others: Step[]): void => onChange(steps.toSpliced(index, 1, ...others));
  return (
    <>
      <ol class="steps">
        {steps.map((step, index) => (
          <li key={index} class="row">
            <select
              aria-label={`Step ${index + 1}`}
              value={step.do}
              onChange={({ currentTarget: { value } }) => {
                const kind = kinds.find(({ fresh }) => fresh.do === value);
                if (kind) replace(index, kind.fresh);
              }}
            >
              {kinds.map(({ words, fresh }) => (
                <option key={fresh.do} value={fresh.do}>
                  {words}
                </option>
              ))}
            </select>
            <StepField step={step} place={index + 1} onChange={(changed) => replace(index, changed)} />
            <button type="button" class="quiet" aria-label={`Remove step ${index + 1}`} onClick={() => replace(index)}>
              Remove
            </button>
          </li>
        ))}
      </ol>
      <button type="button" onClick={() => onChange([...steps, { do: 'await-prompt' }])}>
        Add a step
      </button>
    </>
  );
}

interface StepFieldProps {
  readonly step: Step;
  readonly place: number;
  readonly onChange: (step: Step) => void;
}

/** What there is to say of a step besides its kind. */
function StepField({ step, place, onChange }: StepFieldProps) {
  switch (step.do) {
    case 'wait':
      return (
        <Seconds label={`Seconds of step ${place}`} ms={step.ms} onChange={(ms) => onChange({ do: 'wait', ms })} />
      );
    case 'await-prompt':
      return (
        <Seconds
          label={`Seconds after the prompt of step ${place}`}
          ms={step.pauseMs ?? 500}
          onChange={(pauseMs) => onChange({ do: 'await-prompt', pauseMs })}
        />
      );
    case 'await-tones':
    case 'press':
      return (
        <input
          class="mono"
          aria-label={`Keys of step ${place}`}
          value={step.tones}
          required
          pattern="[0-9A-Da-d*#]{1,100}"
          title="Keys: 0 to 9, *, #, A to D"
          onInput={({ currentTarget: { value } }) => onChange({ ...step, tones: value })}
        />
      );
    case 'say':
      return (
        <input
          aria-label={`Words of step ${place}`}
          value={step.text}
          required
          maxLength={5000}
          onInput={({ currentTarget: { value } }) => onChange({ do: 'say', text: value })}
        />
      );
    case 'beep':
    case 'hang-up':
      return null;
  }
}

/** A time in seconds, of what is kept in milliseconds. */
export function Seconds({ label, ms, onChange }: { label: string; ms: number; onChange: (ms: number) => void }) {
  return (
    <span class="seconds">
      <input
        type="number"
        aria-label={label}
        value={ms / 1000}
        min={0}
        max={86_400}
        step="any"
        required
        onInput={({ currentTarget: { valueAsNumber } }) => {
          if (!Number.isNaN(valueAsNumber)) onChange(Math.round(valueAsNumber * 1000));
        }}
      />{' '}
      s
    </span>
  );
}
