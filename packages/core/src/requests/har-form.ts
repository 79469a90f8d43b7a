import { bytesOfText } from './byte-text.ts';
import { titleOf, type FoundRequest, type RequestForm } from './found-request.ts';
import { readHar } from './har.ts';

/** A HAR file. */
export const harForm: RequestForm = {
  id: 'har',
  recognizes: (text) => /^\s*\{/.test(text) && text.includes('"log"') && text.includes('"entries"'),
  read: (text) => foundInHar(bytesOfText(text)),
};

/** Reads a HAR file's entries as requests that were found. */
export function foundInHar(bytes: Uint8Array): readonly FoundRequest[] {
  return readHar(bytes).map(({ index, url, status, startedAt, receivedAt, ...read }) => ({
    ...read,
    form: 'har',
    title: titleOf(read.message, status),
    entry: { index, url, status, ...(startedAt !== undefined && { startedAt }) },
    ...(receivedAt && { receivedAt }),
  }));
}
