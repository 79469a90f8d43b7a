import type { ExchangeSummary } from '@countersign/server/control/views/exchange-view';
import { providerTitle } from '../live/providers.ts';
import { reasonTitle, reasonsOf, type ListFilter } from './list-filter.ts';

/** What narrows the list, each with how many there are of it. */
export function ListControls({
  items,
  filter,
  change,
}: {
  items: readonly ExchangeSummary[];
  filter: ListFilter;
  change: (changed: Partial<ListFilter>) => void;
}) {
  const providers = counted(items.map(({ provider }) => provider).filter((name) => name !== 'none'));
  const mistakes = counted(items.flatMap(reasonsOf));
  return (
    <>
      <input
        type="search"
        placeholder="Path, status, mistake…"
        aria-label="Show only requests that contain"
        value={filter.words}
        onInput={(event) => change({ words: event.currentTarget.value })}
      />
      {(providers.length > 1 || mistakes.length > 0) && (
        <div class="list-filters">
          <Choice
            label="Show only requests to"
            all="All providers"
            value={filter.provider}
            options={providers.map(({ name, count }) => ({ name, words: `${providerTitle(name)} (${count})` }))}
            onChoice={(provider) => change({ provider })}
          />
          <Choice
            label="Show only requests refused for"
            all="Any mistake or none"
            value={filter.mistake}
            options={mistakes.map(({ name, count }) => ({ name, words: `${reasonTitle(name)} (${count})` }))}
            onChoice={(mistake) => change({ mistake })}
          />
        </div>
      )}
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  /** What is said where nothing is narrowed. */
  readonly all: string;
  readonly value: string;
  readonly options: readonly { readonly name: string; readonly words: string }[];
  readonly onChoice: (name: string) => void;
}

function Choice({ label, all, value, options, onChoice }: ChoiceProps) {
  // What was chosen stays to be seen and taken back, also when nothing of it is left.
  const shown =
    value === '' || options.some(({ name }) => name === value)
      ? options
      : [...options, { name: value, words: reasonTitle(value) }];
  return (
    <select aria-label={label} value={value} onChange={(event) => onChoice(event.currentTarget.value)}>
      <option value="">{all}</option>
      {shown.map(({ name, words }) => (
        <option key={name} value={name}>
          {words}
        </option>
      ))}
    </select>
  );
}

/** Names with how often each is there, the most frequent first. */
function counted(names: readonly string[]): readonly { readonly name: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).toSorted((one, other) => other.count - one.count);
}
