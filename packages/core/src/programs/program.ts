import { bytesOf, percentByte } from '../canonical/byte-encoding.ts';
import type { FixLanguage } from '../diagnose/diagnosis.ts';
import type { Scheme } from '../scheme.ts';
import { languages } from './languages/catalog.ts';
import type { ProgramRequest } from './request-lines.ts';
import { refuseStructures, unwritable } from './kit/unwritable.ts';
import { receivers } from './receivers/catalog.ts';
import { receivingSteps } from './receiving-steps.ts';
import { signingSteps } from './signing-steps.ts';

export type { ProgramRequest } from './request-lines.ts';

/**
 * A whole program that signs one request by a scheme and sends it, on the standard library of its language. It reads the
 * secret from the environment (`SIGNING_SECRET`, and `SIGNING_KEY_ID` where requests name their key); a Postman script has
 * them in variables. No secret stands in it.
 *
 * @throws CountersignError `program/unwritable` where the request lacks a header that is signed, or its body cannot stand
 * in a program, or a client would send something else than was signed; and for schemes that sign a token or a message
 * signature
 *
 * What no URL may hold stands in it percent-encoded, such as characters beyond ASCII, quotes and braces: clients send them so,
 * or refuse them. A question mark with nothing behind it is left out, as some of them do.
 */
export function signingProgram(language: FixLanguage, scheme: Scheme, request: ProgramRequest): string {
  refuseStructures(scheme);
  if (language === 'postman') refuseRewritten(request.message.target);
  return languages[language].signing(signingSteps(language, scheme, withoutStrayCharacters(request)));
}

/** Postman rewrites these when the script has signed already; elsewhere they stand encoded in the program. */
function refuseRewritten(target: string): void {
  const [path = '', ...query] = target.replace(/\{\{[^{}]*\}\}/g, '').split('?');
  const stray = /[`{}\\]/.exec(path)?.[0] ?? /'/.exec(query.join('?'))?.[0];
  if (stray !== undefined)
    throw unwritable(`Postman rewrites the ${stray} of the URL when the script has signed it; percent-encode it there`);
  if (target.endsWith('?'))
    throw unwritable('Postman leaves out the last ? of the URL when the script has signed it; leave it out');
}

function withoutStrayCharacters(request: ProgramRequest): ProgramRequest {
  const message = { ...request.message, target: encoded(request.message.target) };
  return { ...request, url: encoded(request.url), message };
}

/** As a URL has it (RFC 3986, sections 2.4 and 2.5); brackets belong to the host alone. */
function encoded(text: string): string {
  const [origin = ''] = /^[a-z]+:\/\/[^/?]*/i.exec(text) ?? [];
  const rest = text.slice(origin.length).replace(/\?$/, '');
  return origin + rest.replace(/[^\0-\x7f]+|["<>[\\\]^`{|}]/g, percentEncoded);
}

function percentEncoded(run: string): string {
  return Array.from(bytesOf(run), percentByte).join('');
}

/**
 * A whole program that receives requests, verifies each by a scheme and answers 204 or 401: on the bytes that arrived, in
 * constant time, and with a look at the clock. It reads the secret from the environment (`SIGNING_SECRET`, `SIGNING_KEY_ID`
 * where requests name their key, `PUBLIC_URL` where the sender signs it). It knows no repeats: that takes a store.
 *
 * @throws CountersignError `program/unwritable` where nobody receives in that language (a Postman script) or by that scheme, and for
 * schemes that sign a token or a message signature
 */
export function receivingProgram(language: FixLanguage, scheme: Scheme): string {
  if (language === 'postman') throw unwritable('a Postman script sends and does not receive; take another language');
  refuseStructures(scheme);
  const receiving = receivers[language];
  return receiving.receiving(receivingSteps(language, receiving, scheme));
}
