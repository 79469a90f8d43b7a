import type { OptionWords } from '@countersign/core/diagnose';

/** The fields of the page by which diagnosis can be told more, as their labels read. */
export const fieldNames = {
  now: 'Clock',
  publicUrl: 'Public URL',
  variables: 'Variables',
  otherKeys: 'Other keys',
  yourString: 'Your string to sign',
  yourSignature: 'Your signature',
  mac: 'Way to sign',
} as const;

export type FieldName = keyof typeof fieldNames;

/** The field that stands for an option of the command line. */
const fieldOf: Readonly<Record<string, FieldName>> = {
  now: 'now',
  'public-url': 'publicUrl',
  host: 'publicUrl',
  var: 'variables',
  environment: 'variables',
  'also-secret-env': 'otherKeys',
  'also-public-key': 'otherKeys',
  'your-string': 'yourString',
  'your-signature': 'yourSignature',
  mac: 'mac',
};

/** Sentences name the page's fields: "2024-05-27T09:08:07Z in the field Clock". */
export const pageWords: OptionWords = (option, value) => {
  const field = fieldOf[option];
  const named = `the field “${field ? fieldNames[field] : option}”`;
  // What stands for a file's or a variable's name is no value to type.
  return value === undefined || /^[A-Z]+$/.test(value) ? named : `${value} in ${named}`;
};

/** The field by which an option that diagnosis asks for is given here. */
export function fieldOfOption(option: string): FieldName | undefined {
  return fieldOf[option.replace(/^--/, '')];
}
