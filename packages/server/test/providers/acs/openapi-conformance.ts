import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import type { Exchange } from '../../../src/exchanges/exchange.ts';
import type { ReceivedEvent } from './application.ts';

interface Specification {
  readonly version: string;
  readonly operations: readonly {
    readonly operationId: string;
    readonly method: string;
    readonly path: string;
    readonly responses: Readonly<Record<string, string | null>>;
  }[];
  readonly events: readonly string[];
  readonly definitions: Readonly<Record<string, unknown>>;
}

/** What is saved of Microsoft's published specifications; the files say where they are from. */
export const specifications = ['2023-10-15', '2026-03-12'].map(
  (version) =>
    JSON.parse(readFileSync(new URL(`fixtures/openapi-${version}.json`, import.meta.url), 'utf8')) as Specification,
);

/** Members of `data` that the service sends and does not publish. */
const unpublished = ['version', 'publicEventType'];

const validators = new Map<string, ValidateFunction>();

/** What is wrong with an answer of a Call Automation route, measured by the specification of its version. */
export function answerProblems(exchange: Exchange): string[] {
  const { response, request } = exchange;
  const [path = '', query = ''] = request.target.split('?');
  const version = new URLSearchParams(query).get('api-version');
  if (!response || !version || (!path.startsWith('/calling/call') && !path.startsWith('/calling/recordings')))
    return [];
  const specification = specificationFor(version);
  const name = `${request.method} ${path} (${version}) → ${response.status}`;
  const text = Buffer.from(response.body).toString();
  if (response.status >= 400) return problems(specification, 'CommunicationErrorResponse', text, name);
  const operation = specification.operations.find(
    (candidate) => candidate.method === request.method && pattern(candidate.path).test(path),
  );
  if (!operation) return path.endsWith('/content') ? [] : [`${name}: the specification has no such operation`];
  const schema = operation.responses[String(response.status)];
  if (schema === undefined) return [`${name}: the specification has no such status`];
  if (schema === null) return text === '' ? [] : [`${name}: a body where there is none: ${text}`];
  return problems(specification, schema, text, name);
}

/** What is wrong with an event's data, measured by the specification of its connection's version. */
export function eventProblems(event: ReceivedEvent): string[] {
  const specification = specificationFor(String(event.data['version']));
  const data = Object.fromEntries(Object.entries(event.data).filter(([name]) => !unpublished.includes(name)));
  if (!specification.events.includes(event.name)) return [`${event.name} is not in ${specification.version}`];
  return problems(specification, event.name, JSON.stringify(data), `event ${event.name}`);
}

/** The oldest saved specification that is not older than the version; the versions between grew into the newest. */
function specificationFor(version: string): Specification {
  const found = specifications.find((candidate) => version <= candidate.version) ?? specifications.at(-1);
  if (!found) throw new Error('no specification is saved');
  return found;
}

function problems(specification: Specification, schema: string, text: string, name: string): string[] {
  const key = `${specification.version} ${schema}`;
  const validate =
    validators.get(key) ??
    new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile({
      $ref: `#/definitions/${schema}`,
      definitions: specification.definitions,
    });
  validators.set(key, validate);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [`${name}: not JSON: ${text}`];
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => `${name}: ${error.instancePath} ${error.message} in ${text}`);
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^:/]+')}$`);
}
