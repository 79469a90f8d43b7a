import type { PartSource } from '../../parts/sources.ts';
import { programNames } from '../../providers/program-names.ts';
import type { Evidence } from '../reading/evidence.ts';
import { encodeComponent } from '../text/percent-encoding.ts';

/** A placeholder as it was signed. */
export interface Placeholder {
  readonly placeholder: string;
  /** What was sent in its place; absent for one that stood before the target. */
  readonly value?: string;
}

/** What was left unresolved, in the order written. */
export type Unresolved = UnresolvedIn | UnresolvedValue;

interface UnresolvedIn {
  readonly kind: 'unresolved';
  readonly placeholders: readonly Placeholder[];
  readonly stands: 'in the target' | 'in the body';
}

/** In the value of a part that is neither. */
interface UnresolvedValue {
  readonly kind: 'unresolved';
  readonly placeholders: readonly Placeholder[];
  readonly stands: 'as a value';
  readonly source: PartSource;
}

export function unresolved(placeholders: readonly Placeholder[], stands: UnresolvedIn['stands']): Unresolved {
  return { kind: 'unresolved', placeholders, stands };
}

export function unresolvedValue(placeholder: string, value: string, source: PartSource): Unresolved {
  return { kind: 'unresolved', placeholders: [{ placeholder, value }], stands: 'as a value', source };
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

/** Further marks, of vaults, environments and template engines: seldom seen, and tried alone. */
export const rareSyntaxes: readonly Syntax[] = [
  ...[
    'vault:',
    'env.',
    'process.env.',
    '$',
    '.',
    '_.',
    '$dotenv ',
    '$processEnv ',
    '$env.',
    'env:',
    'vars.',
    'secrets.',
    'config.',
    'data.',
    'request.',
    'collection.',
    '$json.',
  ].map(
    (prefix): Syntax =>
      (name) =>
        `{{${prefix}${name}}}`,
  ),
  ...['.', '_.', 'env.', 'process.env.', 'vars.', 'secrets.', '$json.'].map(
    (prefix): Syntax =>
      (name) =>
        `{{ ${prefix}${name} }}`,
  ),
  ...['env.', 'secrets.', 'vars.', 'inputs.'].map(
    (prefix): Syntax =>
      (name) =>
        `\${{ ${prefix}${name} }}`,
  ),
  ...['env.', 'env:', 'process.env.', 'vault:', 'this.'].map(
    (prefix): Syntax =>
      (name) =>
        `\${${prefix}${name}}`,
  ),
  (name) => `$env:${name}`,
  (name) => `process.env.${name}`,
  (name) => `$(${name})`,
  (name) => `\${{ ${name} }}`,
  (name) => `\${{${name}}}`,
  (name) => `{{vault%3A${name}}}`,
  (name) => `%7B%7Bvault:${name}%7D%7D`,
  (name) => `%7B%7Bvault%3A${name}%7D%7D`,
  (name) => `<%= ${name} %>`,
  (name) => `<<${name}>>`,
  (name) => `[[${name}]]`,
  (name) => `((${name}))`,
  (name) => `{ ${name} }`,
  (name) => `#{${name}}#`,
  (name) => `#${name}#`,
  (name) => `@${name}@`,
  (name) => `@${name}`,
  (name) => `__${name}__`,
  (name) => `%(${name})s`,
  (name) => `{% ${name} %}`,
  (name) => name,
];

/** Placeholders of format strings, which have no name. */
export const namelessPlaceholders = ['{0}', '{}', '%s', '%d', '{1}', '$1', '%1$s', '%@', '?'];

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
export const endpointNames: readonly string[] = [
  ...new Set([
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
    ...programNames.usualEndpoints,
    'ENDPOINT',
    'hostname',
    'domain',
    'base',
    'uri',
    'root',
    'protocol',
    'scheme',
    'endpointUrl',
    'resourceEndpoint',
    'communicationEndpoint',
    'communicationServicesEndpoint',
    ...programNames.endpoints,
    'apiBase',
    'apiBaseUrl',
    'apiHost',
    'serviceUrl',
    'serverUrl',
    'rootUrl',
    'voiceUrl',
    'resourceHost',
    'resourceUrl',
  ]),
];

/** The user's variables that have this value, as they stand or encoded. */
export function variableNames(piece: string, { variables }: Evidence): string[] {
  return [...variables]
    .filter(([, value]) => value === piece || encodeComponent(value) === piece)
    .map(([name]) => name);
}
