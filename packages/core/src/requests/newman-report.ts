import type { Header } from '../message.ts';
import { answeredAt } from './answer-head.ts';
import { inputError } from './input-error.ts';
import { decodedByteText } from './byte-text.ts';
import { titleOf, type FoundRequest, type RequestForm } from './found-request.ts';
import { jsonFault } from './json-fault.ts';
import { jsonMember } from './json-member.ts';
import { builtRequest } from './postman-request.ts';

/**
 * What `newman run … -r json --reporter-json-export report.json` writes: the requests of a collection as they went out, with
 * the headers that scripts set and those that Postman adds.
 *
 * @see https://github.com/postmanlabs/newman#json-reporter
 */
export const newmanReport: RequestForm = {
  id: 'postman-run',
  recognizes: isNewmanReport,
  read(text) {
    const executions = jsonMember(jsonMember(readReport(decodedByteText(text)), 'run'), 'executions');
    if (!Array.isArray(executions))
      throw inputError(
        'input/collection',
        'the text is a report of newman without its list of requests (run.executions)',
      );
    return executions.flatMap(readExecution);
  },
};

/** Whether a text is a report of newman, in which the collection stands, too. */
export function isNewmanReport(text: string): boolean {
  return /^\s*\{/.test(text) && /"executions"\s*:\s*\[/.test(text) && /"run"\s*:\s*\{/.test(text);
}

function readReport(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw inputError('input/json', `the text is a report of newman that cannot be read: ${jsonFault(text, error)}`);
  }
}

function readExecution(execution: unknown, index: number): FoundRequest[] {
  // All variables are filled in: what looks like one was sent as it stands.
  const built = builtRequest(jsonMember(execution, 'request'), undefined, undefined, (text) => text);
  if (!built) return [];
  const { message, url, unknown } = built;
  const name = jsonMember(jsonMember(execution, 'item'), 'name');
  const response = jsonMember(execution, 'response');
  const status = jsonMember(response, 'code');
  const entry = {
    index,
    url,
    ...(typeof name === 'string' && { name }),
    ...(typeof status === 'number' && { status }),
  };
  return [
    {
      message,
      notes: [],
      form: 'postman-run',
      title: [typeof name === 'string' ? `${name}: ` : '', titleOf(message, entry.status)].join(''),
      entry,
      exactBody: true,
      ...(unknown.length > 0 && { unknown }),
      ...answeredAt(headersOf(jsonMember(response, 'header'))),
    },
  ];
}

function headersOf(list: unknown): Header[] {
  return (Array.isArray(list) ? (list as unknown[]) : []).flatMap((one): Header[] => {
    const [key, value] = [jsonMember(one, 'key'), jsonMember(one, 'value')];
    return typeof key === 'string' && typeof value === 'string' ? [[key, value]] : [];
  });
}
