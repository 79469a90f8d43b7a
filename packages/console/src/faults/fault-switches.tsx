import type { ServerState } from '@countersign/server/control/views/state-view';
import { useState } from 'preact/hooks';
import { controlUrl, tellControl, wordsOf } from '../live/control-api.ts';
import { serverState } from '../live/live-state.ts';
import { providerTitle } from '../live/providers.ts';
import './faults.css';

type FaultKind = ServerState['faultKinds'][number];
type Fault = ServerState['faults'][number];

/** What the server gets wrong while it is told to, each with its switch: first what is its own, then its providers'. */
export function FaultSwitches() {
  const state = serverState.value;
  if (!state) return null;
  const providers = [...new Set(state.faultKinds.map(({ provider }) => provider))];
  return (
    <section aria-labelledby="faults" class="faults">
      <div class="row">
        <h3 id="faults">Faults</h3>
        {state.faults.length > 0 && (
          <button type="button" onClick={() => void switchAllOff(state.faults)}>
            Switch all off
          </button>
        )}
      </div>
      <p class="lead">Make something fail on purpose, and see how your application handles it.</p>
      {providers.map((provider) => (
        <details key={provider ?? ''} open={provider === undefined || undefined}>
          <summary>
            {provider === undefined ? 'Everywhere' : providerTitle(provider)}
            <OnCount faults={state.faults} kinds={state.faultKinds.filter((kind) => kind.provider === provider)} />
          </summary>
          <ul>
            {state.faultKinds
              .filter((kind) => kind.provider === provider)
              .map((kind) => (
                <FaultSwitch key={kind.name} kind={kind} fault={state.faults.find(({ name }) => name === kind.name)} />
              ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

function OnCount({ faults, kinds }: { faults: readonly Fault[]; kinds: readonly FaultKind[] }) {
  const on = faults.filter(({ name }) => kinds.some((kind) => kind.name === name)).length;
  return on === 0 ? null : (
    <>
      {' '}
      <span class="badge warn">{on} on</span>
    </>
  );
}

function FaultSwitch({ kind, fault }: { kind: FaultKind; fault: Fault | undefined }) {
  const [status, setStatus] = useState(fault?.status?.toString() ?? '');
  const [code, setCode] = useState(fault?.code ?? '');
  const [problem, setProblem] = useState<string>();
  const { name, effect, codes, takesStatus } = kind;
  const set = async (on: boolean, wish: { status: string; code: string }): Promise<void> => {
    setProblem(undefined);
    const detail = {
      ...(takesStatus && wish.status !== '' && { status: Number(wish.status) }),
      ...(codes !== undefined && wish.code !== '' && { code: wish.code }),
    };
    try {
      await tellControl('POST', controlUrl('faults'), on ? { name, ...detail } : { name, on: false });
    } catch (error) {
      setProblem(wordsOf(error));
    }
  };
  /** What is changed while a fault is on counts at once. */
  const change = (wish: { status: string; code: string }): void => {
    setStatus(wish.status);
    setCode(wish.code);
    if (fault) void set(true, wish);
  };
  return (
    <li class={fault ? 'fault fault-on' : 'fault'}>
      <label class="check">
        <input
          type="checkbox"
          role="switch"
          checked={fault !== undefined}
          onChange={(event) => void set(event.currentTarget.checked, { status, code })}
        />
        <span class="mono">{name}</span>
      </label>
      <span class="soft effect">{effect}</span>
      {(takesStatus || codes !== undefined) && (
        <span class="row fault-fields">
          {takesStatus && (
            <input
              type="number"
              min={100}
              max={599}
              placeholder="status"
              aria-label={`Status of ${name}`}
              value={status}
              onInput={(event) => setStatus(event.currentTarget.value)}
              onChange={(event) => change({ status: event.currentTarget.value, code })}
            />
          )}
          {typeof codes === 'object' ? (
            <select
              aria-label={`Code of ${name}`}
              value={code}
              onChange={(event) => change({ status, code: event.currentTarget.value })}
            >
              <option value="">the usual code</option>
              {codes.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          ) : (
            codes !== undefined && (
              <input
                inputMode={codes === 'number' ? 'numeric' : 'text'}
                placeholder="code"
                aria-label={`Code of ${name}`}
                value={code}
                onInput={(event) => setCode(event.currentTarget.value)}
                onChange={(event) => change({ status, code: event.currentTarget.value })}
              />
            )
          )}
        </span>
      )}
      {problem !== undefined && (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
    </li>
  );
}

async function switchAllOff(faults: readonly Fault[]): Promise<void> {
  await Promise.allSettled(faults.map(({ name }) => tellControl('DELETE', controlUrl('faults', name))));
}
