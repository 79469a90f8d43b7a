import type { ServerState } from '@countersign/server/control/views/state-view';
import { useState } from 'preact/hooks';
import { CodeBlock } from '../controls/code-block.tsx';
import { linkTo } from '../routing.ts';
import { snippetsFor } from './snippets.ts';

const callees = [
  { number: '+12065550110', words: 'answers at once' },
  { number: '+12065550115', words: 'answered by hand, in Phones' },
  { number: '+12065550130', words: 'hears the prompt and presses 1' },
  { number: '+12065550101', words: 'is busy' },
] as const;

/** Code for a first call: with the client and to the number that are chosen. */
export function FirstCall({ state }: { state: ServerState }) {
  const [to, setTo] = useState<string>(callees[0].number);
  const all = snippetsFor(state, to);
  const [chosen, setChosen] = useState(all[0]?.title ?? '');
  const snippet = all.find(({ title }) => title === chosen) ?? all[0];
  return (
    <section class="card" aria-labelledby="first-call">
      <h3 id="first-call">A first call</h3>
      <div class="columns">
        <div>
          <label for="client">With</label>
          <select id="client" value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
            {all.map(({ title }) => (
              <option key={title}>{title}</option>
            ))}
          </select>
        </div>
        <div>
          <label for="callee">To</label>
          <select id="callee" value={to} onChange={(event) => setTo(event.currentTarget.value)}>
            {callees.map(({ number, words }) => (
              <option key={number} value={number}>
                {number}, {words}
              </option>
            ))}
          </select>
        </div>
      </div>
      {snippet && (
        <>
          {snippet.before !== undefined && <p class="hint">{snippet.before}</p>}
          <CodeBlock code={snippet.code} what={snippet.title} />
        </>
      )}
      {to === '+12065550115' && (
        <p>
          <a href={linkTo('phones', to)}>Be this phone</a> first, so that somebody answers.
        </p>
      )}
      <p class="hint">
        Then watch it in <a href={linkTo('calls')}>Calls</a>. What the other <a href={linkTo('phones')}>test numbers</a>{' '}
        do is listed with the phones.
      </p>
    </section>
  );
}
