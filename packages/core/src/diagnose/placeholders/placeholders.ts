import type { Evidence } from '../reading/evidence.ts';
import { encodeComponent } from '../text/percent-encoding.ts';

/** A placeholder as it was signed. */
export interface Placeholder {
  readonly placeholder: string;
  /** What was sent in its place; absent for one that stood before the target. */
  readonly value?: string;
}

/** What was left unresolved, in the order written. */
export interface Unresolved {
  readonly kind: 'unresolved';
  readonly placeholders: readonly Placeholder[];
  readonly stands: 'in the target' | 'in the body' | 'as a value';
}

export function unresolved(placeholders: readonly Placeholder[], stands: Unresolved['stands']): Unresolved {
  return { kind: 'unresolved', placeholders, stands };
}

/** How a template marks a variable. */
export type Syntax = (name: string) => string;
/** The marks of Postman, Express, shells, OpenAPI, documentation pages and others, as they stand and URL-encoded. */
export const syntaxes: readonly { readonly write: Syntax; readonly cost: number }[] = [
  { write: (name) => `{{${name}}}`, cost: 0 },
  { write: (name) => `:${name}`, cost: 0 },
  { write: (name) => `\${${name}}`, cost: 0 },
  { write: (name) => `{${name}}`, cost: 0 },
  { write: (name) => `<${name}>`, cost: 0 },
  { write: (name) => `%7B%7B${name}%7D%7D`, cost: 1 },
  { write: (name) => `%7B${name}%7D`, cost: 1 },
  { write: (name) => `{{ ${name} }}`, cost: 1 },
  { write: (name) => `$${name}`, cost: 1 },
  { write: (name) => `$%7B${name}%7D`, cost: 2 },
  { write: (name) => `%3C${name}%3E`, cost: 2 },
  { write: (name) => `#{${name}}`, cost: 2 },
  { write: (name) => `[${name}]`, cost: 2 },
  { write: (name) => `%${name}%`, cost: 2 },
  { write: (name) => `{{{${name}}}}`, cost: 2 },
  { write: (name) => `@{${name}}`, cost: 2 },
];

/** Names that variables have in collections and code. */
export const usualNames = [
  'id',
  'callId',
  'callConnectionId',
  'callConnectionID',
  'connectionId',
  'recordingId',
  'participantId',
  'conferenceId',
  'call_id',
  'number',
  'phoneNumber',
  'to',
  'from',
  'version',
  'apiVersion',
  'api-version',
  'userId',
  'resource',
  'resourceId',
  'name',
  'value',
  'param',
  'path',
  'action',
  'applicationKey',
  'appKey',
  'endpoint',
  'uuid',
  'guid',
  'identity',
  'messageId',
];

/** Names of the variable that holds scheme and host. */
export const endpointNames = [
  'endpoint',
  'baseUrl',
  'base_url',
  'baseURL',
  'BASE_URL',
  'url',
  'host',
  'server',
  'apiUrl',
  'apiEndpoint',
  'acsEndpoint',
  'ENDPOINT',
  'hostname',
  'domain',
  'base',
  'uri',
  'root',
  'protocol',
  'scheme',
];

/** Postman's dynamic variables. */
export const dynamicNames = ['$guid', '$timestamp', '$isoTimestamp', '$randomInt', '$randomUUID', '$randomPhoneNumber'];

/** The user's variables that have this value, as they stand or encoded. */
export function variableNames(piece: string, { variables }: Evidence): string[] {
  return [...variables]
    .filter(([, value]) => value === piece || encodeComponent(value) === piece)
    .map(([name]) => name);
}

/** A name in the spellings of other languages' habits. */
export function spellings(name: string): string[] {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[\s_-]+/);
  const lower = words.map((word) => word.toLowerCase());
  const camel = lower
    .map((word, index) => (index === 0 ? word : word.slice(0, 1).toUpperCase() + word.slice(1)))
    .join('');
  return [
    ...new Set([
      name,
      camel,
      lower.join('_'),
      lower.join('-'),
      lower.join(''),
      camel.slice(0, 1).toUpperCase() + camel.slice(1),
      lower.join('_').toUpperCase(),
      camel.replace(/Id$/, 'ID'),
    ]),
  ];
}
