import { serverState } from '../live/live-state.ts';
import { claimedPhones } from './claimed-phones.ts';

/** The numbers that always behave the same way; each can be used by hand instead. */
export function TestNumbers({ onClaim }: { onClaim: (number: string) => void }) {
  const rows = serverState.value?.testNumbers ?? [];
  return (
    <section aria-labelledby="test-numbers">
      <h3 id="test-numbers">Test numbers</h3>
      <p class="lead">
        Call them from your application: each always does the same thing. Every other number answers and stays.
      </p>
      <div class="table-box" role="region" aria-label="Table of test numbers" tabIndex={0}>
        <table class="test-numbers">
          <thead>
            <tr>
              <th scope="col">Number</th>
              <th scope="col">What it does</th>
              <th scope="col">
                <span class="visually-hidden">Use it</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ number, title, description }) => (
              <tr key={number}>
                <th scope="row">{number}</th>
                <td>
                  <b>{title}</b>
                  <br />
                  <span class="soft">{description}</span>
                </td>
                <td>
                  <button type="button" disabled={claimedPhones.value.includes(number)} onClick={() => onClaim(number)}>
                    {claimedPhones.value.includes(number) ? 'In use' : 'Use it'}
                    <span class="visually-hidden"> {number}</span>
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
