import { presignedParameters } from '../canonical/presigned.ts';
import { headerValue } from '../message.ts';
import { commandLineWords } from '../option-words.ts';
import { inputError } from './input-error.ts';
import type { FoundRequest, ReceivedAt, RequestFormId } from './found-request.ts';
import type { RequestNote } from './request-note.ts';

const sent = 'bring the request as it was sent, with its signature';

/** Where the header with the signature gets lost, and how to bring it, by form. */
const unsigned: Readonly<Record<RequestFormId, string>> = {
  raw: `The request has no header with a signature: ${sent}. Postman's Code snippets leave out headers that a script sets: use Console → raw log.`,
  curl: "The command has no header with a signature. Postman's Code → cURL leaves out headers that a script sets: use Console → raw log.",
  'curl-output': `None of the lines with ">" is a header with a signature: ${sent}.`,
  har: 'No signature is among the headers. Chrome and Edge leave Authorization out of a HAR: turn on DevTools Settings → Preferences → Network → "Allow to generate HAR with sensitive data", then take "Export HAR (with sensitive data)". Firefox keeps it.',
  'http-file': `No header of the file is a signature: ${sent}; what a script adds is not in a .http file.`,
  'http2-headers': `None of the headers is a signature: ${sent}. Developer tools hide headers that they do not know for sure ("Provisional headers are shown").`,
  'postman-collection':
    "The collection holds the request before its scripts have run, and no header with a signature: run the scripts (countersign diagnose FILE --run-scripts), or bring the request from Postman's Console with its raw log.",
  'postman-run': 'The request went out without a header that could hold a signature: no script set one.',
  'python-output': `Among the headers after "send:" there is no signature: ${sent}.`,
  'java-output': `Among the "REQUEST HEADERS" there is no signature: ${sent}.`,
  'postman-console': `Among "Request Headers" there is no signature: ${sent}; a script that was to set it did not run, or failed.`,
};

/**
 * What to bring where a request has no header that could hold a signature; `undefined` where it has one.
 *
 * @param headers the names of the headers in which schemes put signatures
 */
export function unsignedNote(
  { message, form, notes }: FoundRequest,
  headers: Iterable<string>,
): RequestNote | undefined {
  for (const name of headers) if (headerValue(message.headers, name) !== undefined) return undefined;
  if (presignedParameters(message)) return undefined;
  const failed = notes.find(({ id }) => id === 'run/script-failed');
  const summary = failed ? `The request went out without a signature: ${failed.summary}.` : unsigned[form];
  return { id: 'input/unsigned', summary };
}

const withScripts =
  "run the collection (countersign diagnose FILE --run-scripts), or bring the request from Postman's Console with its raw log";

/** A value in whose place a tool or a careful person wrote that it is gone: `[redacted]`, `***`. */
const crossedOut =
  /^[^\w*]{0,3}(?:[\w-]+ )?(?:redacted|removed|hidden|masked|filtered|sanitized|omitted)[^\w]{0,3}$|^[*•x.…[\]<>]{3,}$/i;

/**
 * Refuses what is not what was sent, because a shell, an editor or Postman would have filled in variables or made some of it,
 * or the signature was taken out: whatever would be said of its signature were wrong.
 *
 * @param headers the names of the headers in which schemes put signatures
 * @param ask how the sentence names an option
 * @throws CountersignError `input/unresolved`, with the variables' names; `input/crossed-out`, with the header's
 */
export function refuseUnsent(found: FoundRequest, headers: Iterable<string>, ask = commandLineWords): void {
  const { unresolved, unknown, scripts, form, message } = found;
  for (const name of headers) {
    if (!crossedOut.test(headerValue(message.headers, name) ?? '')) continue;
    throw inputError('input/crossed-out', `the value of ${name} was taken out of the text; bring the request with it`);
  }
  if (unknown)
    throw inputError('input/unresolved', `the request is not what was sent: ${unknown.join('; ')}; ${withScripts}`);
  // Without a signature nothing is judged, and what to bring is told.
  if (scripts && !unsignedNote(found, headers)) {
    const whose = [...new Set(scripts.map(({ of }) => of))].join(' and ');
    throw inputError(
      'input/unresolved',
      `the script ${whose} runs before the request and may sign it anew; ${withScripts}`,
    );
  }
  if (!unresolved) return;
  const shown = unresolved.slice(0, 8).join(', ') + (unresolved.length > 8 ? ', …' : '');
  throw inputError(
    'input/unresolved',
    form === 'http-file'
      ? `the file leaves ${shown} to the editor, so it is not what was sent; give the values (${ask('var', 'NAME=VALUE')}), or bring the request as it was sent`
      : form === 'postman-collection' || form === 'postman-run'
        ? `${shown} has no value in the file (Postman exports the values that variables begin with, and not those that were put in later); give the values (${ask('environment', 'FILE')} or ${ask('var', 'NAME=VALUE')})`
        : `the shell would have replaced ${shown}, so the command is not what was sent; run it with -v and bring what it shows, with the lines that begin with ">"`,
  );
}

/** Tells by which clock a request was judged that was not given one. */
export function clockNote({ time, by }: ReceivedAt, ask = commandLineWords): RequestNote {
  return {
    id: 'input/received-at',
    summary: `judged by the clock of ${by}: ${time.toISOString()}; ${ask('now')} gives another`,
  };
}
