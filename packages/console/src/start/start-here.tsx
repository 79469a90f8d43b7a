import type { ServerState } from '@countersign/server/control/views/state-view';
import { parseConnectionString } from '@countersign/core/schemes/acs-hmac';
import { useState } from 'preact/hooks';
import { CodeBlock } from '../controls/code-block.tsx';
import { CopyButton } from '../controls/copy-button.tsx';
import { serverState } from '../live/live-state.ts';
import { addressOf } from '../routing.ts';
import { snippets, type SnippetAccount } from './snippets.ts';
import './start-here.css';

/** The credentials of this server and code that places a call on it. */
export function StartHere() {
  const state = serverState.value;
  if (!state) return <p class="hint">Asking the server for its accounts…</p>;
  const account = snippetAccount(state);
  return (
    <div class="start">
      <h2>Start here</h2>
      <p class="lead">
        This server behaves like Azure Communication Services Call Automation and Sinch Voice. Point your client at it,
        and every signed request shows up in <a href={addressOf('requests')}>Requests</a>.
      </p>
      {account ? (
        <>
          <Credentials state={state} account={account} />
          <Snippets account={account} />
        </>
      ) : (
        <ConfiguredAccounts state={state} />
      )}
    </div>
  );
}

function Credentials({ state, account }: { state: ServerState; account: SnippetAccount }) {
  const { environment = {} } = state;
  const acs = state.accounts.find(({ provider }) => provider === 'acs');
  const rows: readonly (readonly [string, string])[] = [
    ['Endpoint', account.url],
    ['ACS connection string', account.connectionString],
    ['ACS access key', account.accessKey],
    ['ACS resource id', acs?.id ?? ''],
    ['ACS number', account.acsNumber],
    ['Sinch application key', account.applicationKey],
    ['Sinch application secret', account.applicationSecret],
    ['Sinch number', account.sinchNumber],
  ];
  const shell = Object.entries(environment)
    .map(([name, value]) => `export ${name}='${value}'`)
    .join('\n');
  return (
    <section class="card" aria-labelledby="credentials">
      <h3 id="credentials">Development credentials</h3>
      <p class="hint">Public on purpose: they open nothing but this server. The same on every machine.</p>
      <dl class="credentials">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{value}</code>
              <CopyButton text={value} what={name} />
            </dd>
          </div>
        ))}
      </dl>
      <h4>For a shell</h4>
      <CodeBlock code={shell} what="environment variables" />
    </section>
  );
}

const callees = [
  { number: '+12065550110', words: 'answers at once' },
  { number: '+12065550115', words: 'answered by hand, in Phones' },
  { number: '+12065550130', words: 'hears the prompt and presses 1' },
  { number: '+12065550101', words: 'is busy' },
] as const;

function Snippets({ account }: { account: SnippetAccount }) {
  const [to, setTo] = useState<string>(callees[0].number);
  const all = snippets(account, to);
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
          <a href={addressOf('phones', to)}>Be this phone</a> first, so that somebody answers.
        </p>
      )}
      <p class="hint">
        Then watch it in <a href={addressOf('calls')}>Calls</a>. What the other{' '}
        <a href={addressOf('phones')}>test numbers</a> do is listed with the phones.
      </p>
    </section>
  );
}

function ConfiguredAccounts({ state }: { state: ServerState }) {
  return (
    <section class="card" aria-labelledby="accounts">
      <h3 id="accounts">Accounts of this server</h3>
      <p class="hint">
        This server has no development account. Its keys are in its configuration and are never shown here.
      </p>
      <dl class="credentials">
        {state.accounts.map(({ provider, id, numbers }) => (
          <div key={id}>
            <dt>{provider === 'acs' ? 'ACS resource' : 'Sinch application'}</dt>
            <dd>
              <code>{id}</code> <span class="hint">{numbers.join(', ')}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function snippetAccount({ environment, accounts, url }: ServerState): SnippetAccount | undefined {
  const connectionString = environment?.['COMMUNICATION_SERVICES_CONNECTION_STRING'];
  const applicationKey = environment?.['SINCH_APPLICATION_KEY'];
  const applicationSecret = environment?.['SINCH_APPLICATION_SECRET'];
  if (connectionString === undefined || applicationKey === undefined || applicationSecret === undefined)
    return undefined;
  const numberOf = (provider: string): string =>
    accounts.find((account) => account.provider === provider)?.numbers[0] ?? '';
  return {
    url,
    connectionString,
    accessKey: parseConnectionString(connectionString).secret.expose().text,
    acsNumber: numberOf('acs'),
    applicationKey,
    applicationSecret,
    sinchNumber: numberOf('sinch'),
  };
}
