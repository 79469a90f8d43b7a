import { useState } from 'preact/hooks';
import { canonicalNumber } from '../format/party.ts';
import { controlUrl, tellControl, wordsOf } from '../live/control-api.ts';
import { serverState } from '../live/live-state.ts';
import { Seconds, StepEditor } from './step-editor.tsx';
import type { Script, Step } from './script.ts';

/** What a phone can do when it rings, and how long it takes if nothing is said. */
const pickUps: readonly { readonly pickUp: Script['pickUp']; readonly words: string; readonly usualMs?: number }[] = [
  { pickUp: 'answer', words: 'Answers', usualMs: 1000 },
  { pickUp: 'busy', words: 'Is busy', usualMs: 500 },
  { pickUp: 'decline', words: 'Declines', usualMs: 2000 },
  { pickUp: 'no-answer', words: 'Rings until the caller gives up' },
  { pickUp: 'unreachable', words: 'Cannot be reached', usualMs: 500 },
  { pickUp: 'fail', words: 'Loses the network', usualMs: 500 },
  { pickUp: 'manual', words: 'Rings until somebody picks it up' },
];

/** The first script that somebody finds here: it answers a menu. */
const example: Script = {
  pickUp: 'answer',
  steps: [{ do: 'await-prompt' }, { do: 'press', tones: '1#' }, { do: 'await-prompt' }, { do: 'hang-up' }],
};

/** What is being written. */
interface Draft {
  readonly pickUp: Script['pickUp'];
  readonly afterMs: number | undefined;
  readonly machine: boolean;
  readonly steps: readonly Step[];
}

/** Gives a phone a script. `wanted` is one to begin with: a phone's, to change it. */
export function ScriptForm(props: { wanted?: { number: string; script: Script }; onGiven: () => void }) {
  const { wanted, onGiven } = props;
  const [number, setNumber] = useState(wanted?.number ?? '+14255550123');
  const [draft, setDraft] = useState<Draft>(() => draftOf(wanted?.script ?? example));
  const [problem, setProblem] = useState<string>();
  const kind = pickUps.find(({ pickUp }) => pickUp === draft.pickUp);
  const give = async (): Promise<void> => {
    setProblem(undefined);
    try {
      await tellControl('PUT', controlUrl('phones', canonicalNumber(number)), scriptOf(draft));
      onGiven();
    } catch (error) {
      setProblem(wordsOf(error));
    }
  };
  return (
    <form
      class="script-form"
      onSubmit={(event) => {
        event.preventDefault();
        void give();
      }}
    >
      <div class="row">
        <span class="field">
          <label for="script-number">Number</label>
          <input
            id="script-number"
            class="mono"
            inputMode="tel"
            value={number}
            required
            onInput={(event) => setNumber(event.currentTarget.value)}
          />
        </span>
        <span class="field">
          <label for="script-pick-up">When it rings</label>
          <select
            id="script-pick-up"
            value={draft.pickUp}
            onChange={({ currentTarget: { value } }) => {
              const chosen = pickUps.find(({ pickUp }) => pickUp === value);
              if (chosen) setDraft({ ...draft, pickUp: chosen.pickUp, afterMs: undefined });
            }}
          >
            {pickUps.map(({ pickUp, words }) => (
              <option key={pickUp} value={pickUp}>
                {words}
              </option>
            ))}
          </select>
        </span>
        {kind?.usualMs !== undefined && (
          <span class="field">
            <span class="label">After</span>
            <Seconds
              key={draft.pickUp}
              label="Seconds of ringing"
              ms={draft.afterMs ?? kind.usualMs}
              onChange={(afterMs) => setDraft({ ...draft, afterMs })}
            />
          </span>
        )}
        {draft.pickUp === 'answer' && (
          <label class="check">
            <input
              type="checkbox"
              checked={draft.machine}
              onChange={(event) => setDraft({ ...draft, machine: event.currentTarget.checked })}
            />
            as an answering machine
          </label>
        )}
      </div>
      {(draft.pickUp === 'answer' || draft.pickUp === 'manual') && (
        <fieldset>
          <legend>Then, one after the other</legend>
          <StepEditor steps={draft.steps} onChange={(steps) => setDraft({ ...draft, steps })} />
        </fieldset>
      )}
      <div class="row">
        <button type="submit" class="primary">
          Give it this script
        </button>
        <Templates onChosen={(script) => setDraft(draftOf(script))} />
      </div>
      {problem !== undefined && (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

/** The scripts of the test numbers, to begin with. */
function Templates({ onChosen }: { onChosen: (script: Script) => void }) {
  const numbers = serverState.value?.testNumbers ?? [];
  return (
    <select
      class="templates"
      aria-label="Begin with the script of a test number"
      value=""
      onChange={({ currentTarget }) => {
        const chosen = numbers.find(({ number }) => number === currentTarget.value);
        currentTarget.value = '';
        if (chosen) onChosen(chosen.script);
      }}
    >
      <option value="">Begin with a test number’s…</option>
      {numbers.map(({ number, title }) => (
        <option key={number} value={number}>
          {title}
        </option>
      ))}
    </select>
  );
}

function draftOf(script: Script): Draft {
  return {
    pickUp: script.pickUp,
    afterMs: 'afterMs' in script ? script.afterMs : undefined,
    machine: 'machine' in script && script.machine === true,
    steps: 'steps' in script ? (script.steps ?? []) : [],
  };
}

/** The script of a draft, with nothing in it that its kind does not have. */
function scriptOf({ pickUp, afterMs, machine, steps }: Draft): Script {
  const itsSteps = steps.length > 0 ? { steps: [...steps] } : {};
  const after = afterMs === undefined ? {} : { afterMs };
  if (pickUp === 'answer') return { pickUp, ...after, ...(machine && { machine: true }), ...itsSteps };
  if (pickUp === 'manual') return { pickUp, ...itsSteps };
  return pickUp === 'no-answer' ? { pickUp } : { pickUp, ...after };
}
