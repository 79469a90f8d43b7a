import type { ServerState } from '@countersign/server/control/views/state-view';
import { CodeBlock } from '../controls/code-block.tsx';
import { CopyButton } from '../controls/copy-button.tsx';

/** What reaches the development accounts, each value to copy, and as lines for a shell. */
export function Credentials({ state: { url, environment, providers } }: { state: ServerState }) {
  const rows = [
    { title: 'Endpoint', value: url },
    ...providers.flatMap(({ development }) => development?.credentials ?? []),
  ];
  const shell = Object.entries(environment ?? {})
    .map(([name, value]) => `export ${name}='${value}'`)
    .join('\n');
  return (
    <section class="card" aria-labelledby="credentials">
      <h3 id="credentials">Development credentials</h3>
      <p class="hint">Public on purpose: they open nothing but this server. The same on every machine.</p>
      <dl class="credentials">
        {rows.map(({ title, value }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>
              <code>{value}</code>
              <CopyButton text={value} what={title} />
            </dd>
          </div>
        ))}
      </dl>
      <h4>For a shell</h4>
      <CodeBlock code={shell} what="environment variables" />
    </section>
  );
}

/** The accounts of a server without a development account. */
export function ConfiguredAccounts({ state: { accounts, providers } }: { state: ServerState }) {
  return (
    <section class="card" aria-labelledby="accounts">
      <h3 id="accounts">Accounts of this server</h3>
      <p class="hint">
        This server has no development account. Its keys are in its configuration and are never shown here.
      </p>
      <dl class="credentials">
        {accounts.map(({ provider, id, numbers }) => (
          <div key={id}>
            <dt>{providers.find(({ name }) => name === provider)?.accountTitle ?? provider}</dt>
            <dd>
              <code>{id}</code> <span class="hint">{numbers.join(', ')}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
