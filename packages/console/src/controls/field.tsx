import type { ComponentChildren } from 'preact';

interface FieldProps {
  /** Of the control inside. It describes itself by `hintOf` this id. */
  readonly id: string;
  readonly label: string;
  /** What is to be given there. */
  readonly hint?: ComponentChildren;
  /** Whether the hint is read out when it changes. */
  readonly isLive?: boolean;
}

/** A control with its label above it and its hint below. */
export function Field({ id, label, hint, isLive = false, children }: FieldProps & { children: ComponentChildren }) {
  return (
    <div>
      <label for={id}>{label}</label>
      {children}
      {hint !== undefined && (
        <p class="hint" id={hintOf(id)} aria-live={isLive ? 'polite' : undefined}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** The id of a field's hint. */
export function hintOf(id: string): string {
  return `${id}-hint`;
}

interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly placeholder?: string;
  /** Whether what is typed is hidden. */
  readonly isSecret?: boolean;
  readonly onText: (text: string) => void;
}

/** A field for a line of text. */
export function TextField({ value, placeholder, isSecret = false, onText, ...field }: TextFieldProps) {
  const { id, hint } = field;
  return (
    <Field {...field}>
      <input
        id={id}
        {...(isSecret ? { type: 'password' } : { type: 'text' })}
        value={value}
        placeholder={placeholder}
        autocomplete="off"
        aria-describedby={hint === undefined ? undefined : hintOf(id)}
        onInput={(event) => onText(event.currentTarget.value)}
      />
    </Field>
  );
}
