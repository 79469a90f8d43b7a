import { digestLength, hashOf } from '../../digest/algorithms.ts';
import type { Scheme } from '../../scheme.ts';
import { withoutEnd } from '../../canonical/trimming.ts';
import { digestReadings } from './received-signature.ts';
import { percentDecoded } from './unescaped-authorization.ts';

/** Undoes what happens to a signature's text on its way into a header, and says what that was. */
export function restoredSignature(text: string, { mac }: Scheme, slips: string[]): string {
  let signature = text.trim();
  // How a tool prints a digest is told of the digest, and not of the header.
  if (isPrinted(signature, mac)) return signature;
  const wrapped = /^b'(.*)'$|^b"(.*)"$/s.exec(signature);
  if (wrapped) {
    slips.push("the signature is printed as a Python bytes literal (b'…')");
    signature = wrapped[1] ?? wrapped[2] ?? '';
  }
  if (/^["'`“‘<[{(].*["'`”’>\]})]$/s.test(signature)) {
    slips.push('the signature stands in quotes or brackets');
    signature = signature.slice(1, -1);
  }
  if (/^["'`“‘]|["'`”’]$/.test(signature)) {
    slips.push('a quote sticks to the signature');
    signature = signature.replace(/^["'`“‘]|["'`”’]$/g, '');
  }
  if (/%[0-9a-f]{2}/i.test(signature)) {
    slips.push('the signature is URL-encoded');
    signature = percentDecoded(signature);
  }
  if (/\\u003d|\\u002b|\\u002f|\\\//i.test(signature)) {
    slips.push('the signature is escaped for JSON');
    signature = signature
      .replace(/\\u003d/gi, '=')
      .replace(/\\u002b/gi, '+')
      .replace(/\\u002f/gi, '/')
      .replaceAll('\\/', '/');
  }
  if (/\\[nr]/.test(signature)) {
    slips.push('a written-out line break sticks to the signature');
    signature = signature.replace(/(?:\\[nr])+/g, '');
  }
  if (/\S\s+\S/.test(signature)) signature = withoutSpaces(signature, mac, slips);
  if (/[,;&.]$/.test(signature)) {
    slips.push(`a "${signature.slice(-1)}" sticks to the end of the signature`);
    signature = withoutEnd(signature, ',;&.');
  }
  const prefix = /^(?:sha(?:256|1|512)|hmac-sha256|v\d|sig(?:nature)?)[=:](?=.{16})/i.exec(signature)?.[0];
  if (prefix !== undefined) {
    slips.push(`"${prefix}" stands before the signature`);
    signature = signature.slice(prefix.length);
  }
  return signature;
}

/** Whether it is a digest with white space that a tool printed with it: more than a line break within the right text. */
export function isPrinted(signature: string, mac: Scheme['mac']): boolean {
  if (!/\s/.test(signature) || signature.replace(/\s+/g, '').length === textLength(mac)) return false;
  return digestReadings(signature, hashOf(mac.algorithm), mac.encoding).some(({ extent }) => extent === 'whole');
}

function textLength({ algorithm, encoding }: Scheme['mac']): number {
  const bytes = digestLength[hashOf(algorithm)];
  return encoding !== 'base64' ? bytes * 2 : Math.ceil(bytes / 3) * 4;
}

/** White space in a signature is what a line break or a form made of it: the length tells which. */
function withoutSpaces(signature: string, mac: Scheme['mac'], slips: string[]): string {
  const joined = signature.replace(/\s+/g, '');
  if (joined.length === textLength(mac)) {
    slips.push('the signature is broken by white space, as where a long line is wrapped');
    return joined;
  }
  slips.push('the plus signs of the signature became spaces');
  return signature.replaceAll(' ', '+');
}
