import { readEnvironment } from '@countersign/core/requests/postman-environment';
import { useState } from 'preact/hooks';
import { TextField } from '../controls/field.tsx';
import type { Change, FieldValues, VariableValue } from './field-values.ts';
import { fieldNames } from './page-words.ts';

/** A field for each variable that stands in the request where its value belongs. */
export function OpenVariableFields({
  open,
  variables,
  change,
}: {
  open: readonly string[];
  variables: FieldValues['variables'];
  change: Change;
}) {
  const names = [...new Set([...open, ...variables.filter(({ isOpen }) => isOpen).map(({ name }) => name)])];
  if (names.length === 0) return null;
  const give = (name: string, value: string): void => {
    const others = variables.filter((one) => one.name !== name);
    change({ variables: value === '' ? others : [...others, { name, value, isOpen: true }] });
  };
  return (
    <fieldset>
      <legend>Values of the variables in the request</legend>
      {names.map((name) => (
        <TextField
          key={name}
          id={`variable-${name}`}
          label={`{{${name}}}`}
          value={variables.find((one) => one.name === name)?.value ?? ''}
          onText={(value) => give(name, value)}
        />
      ))}
      <p class="hint">
        As they were sent, if you know them: each is put into its place. Left empty, the name itself counts as sent.
      </p>
    </fieldset>
  );
}

/** Variables that are not in the request, because their values are: their names may have been signed. */
export function VariablesField({ variables, change }: { variables: FieldValues['variables']; change: Change }) {
  const [problem, setProblem] = useState<string>();
  const others = variables.filter(({ isOpen }) => !isOpen);
  const rows: readonly VariableValue[] = [...others, { name: '', value: '' }];
  const changeRow = (at: number, changed: Partial<VariableValue>): void => {
    const next = rows.map((row, index) => (index === at ? { ...row, ...changed } : row));
    change({
      variables: [
        ...variables.filter(({ isOpen }) => isOpen),
        ...next.filter(({ name, value }) => name !== '' || value !== ''),
      ],
    });
  };
  const takeFile = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      const read = readEnvironment(await file.text());
      setProblem(undefined);
      const known = new Set(variables.map(({ name }) => name));
      const added = [...read.variables].filter(([name, value]) => value !== '' && !known.has(name));
      change({ variables: [...variables, ...added.map(([name, value]) => ({ name, value }))] });
    } catch (error) {
      setProblem(`The file cannot be used: ${(error as Error).message}.`);
    }
  };
  return (
    <fieldset id="variables" tabIndex={-1}>
      <legend>{fieldNames.variables}</legend>
      <p class="hint">
        Names that your template has for values of the request, such as callId for its id: the name may have been signed
        in place of the value.
      </p>
      {rows.map(({ name, value }, index) => (
        <div key={index} class="variable">
          <input
            aria-label={`Name of variable ${index + 1}`}
            placeholder="name"
            autocomplete="off"
            value={name}
            onInput={(event) => changeRow(index, { name: event.currentTarget.value })}
          />
          <input
            aria-label={`Value of variable ${index + 1}`}
            placeholder="value"
            autocomplete="off"
            value={value}
            onInput={(event) => changeRow(index, { value: event.currentTarget.value })}
          />
        </div>
      ))}
      <label for="environment">Or all of a Postman environment, exported to a file</label>
      <input
        id="environment"
        type="file"
        accept=".json,application/json"
        onChange={(event) => void takeFile(event.currentTarget.files?.[0])}
      />
      {problem !== undefined && (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
