import { CountersignError } from '@countersign/core/errors';
import { headerValue, message, splitUrl, type Header, type Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import type { Credential } from '@countersign/core/secret';
import { sign, type Signature } from '@countersign/core/sign';
import { schemes } from '@countersign/core/schemes/catalog';
import { unfilledNote, unfilledPlaceholders } from '@countersign/core/unfilled-placeholders';
import { credentialOf, findSecret } from '../credentials/find-credential.ts';
import { providerVariables } from '../credentials/provider-variables.ts';
import { badInput } from '../failure.ts';
import { headerArgument } from '../header-argument.ts';
import { namedScheme } from '../named-scheme.ts';
import { readData } from '../read-input.ts';
import { schemeOfUrl } from '@countersign/core/recognition/recognize-scheme';
import { timeArgument } from '../time-argument.ts';
import type { SigningOptions } from './signing-options.ts';

/** A request that is signed and ready to be shown or sent. */
export interface PreparedRequest {
  readonly scheme: Scheme;
  readonly credential: Credential;
  readonly signature: Signature;
  /** `http:` or `https:`, as the URL has it. */
  readonly protocol: string;
  readonly authority: string;
  /** The request with every header: Host, the given ones, the signing ones. */
  readonly message: Message & { readonly body: Uint8Array };
  /** The file that the body was read from, when `--data` named one. */
  readonly dataFile?: string;
  /** Remarks for people. */
  readonly notes: readonly string[];
}

/** A request that the options describe, with its scheme, before it is signed. */
export interface UnsignedRequest {
  readonly scheme: Scheme;
  /** `http:` or `https:`, as the URL has it. */
  readonly protocol: string;
  readonly authority: string;
  readonly message: Message & { readonly body: Uint8Array };
}

/** Makes the request that the options describe. */
export async function unsignedRequest(
  url: string,
  options: SigningOptions,
  env: Readonly<Record<string, string | undefined>>,
): Promise<UnsignedRequest> {
  const { protocol, authority } = splitAbsolute(url);
  const body = options.data === undefined ? new Uint8Array(0) : await readData(options.data);
  const method = options.method ?? (options.data === undefined ? 'GET' : 'POST');
  const unsigned = message({ method, url, headers: options.header.map(headerArgument), body });
  const scheme = (await namedScheme(options)) ?? recognize(authority, unsigned.target, env);
  return { scheme, protocol, authority, message: { ...unsigned, body } };
}

/** Makes the request that the options describe, finds its secret, and signs it. */
export async function prepareRequest(
  url: string,
  options: SigningOptions,
  env: Readonly<Record<string, string | undefined>>,
): Promise<PreparedRequest> {
  const { scheme, protocol, authority, message: unsigned } = await unsignedRequest(url, options, env);
  const { method, target, body } = unsigned;
  // Clients encode such characters each in its own way, or refuse them: a signature over them would be no request's.
  if (!/^[\x21-\x7e]*$/.test(target))
    throw badInput('usage/url', `the target ${target} is not ASCII; percent-encode it, and sign what is sent`);

  const found = findSecret(scheme, options, env, { host: authority });
  const credential = credentialOf(scheme, found);
  const signature = signRequest(scheme, credential, unsigned, options);

  const replaced = unsigned.headers.filter(([name]) => headerValue(signature.headers, name) !== undefined);
  const notes = replaced.map(([name]) => `${name} is made by signing, so the one given with -H is replaced`);
  if (method !== method.toUpperCase()) notes.push(`methods are case-sensitive: "${method}" is signed as it is written`);
  notes.push(...unfilledPlaceholders(scheme, { body }, signature.trace()).map(unfilledNote));
  if (found.note !== undefined) notes.push(found.note);
  if (found.host !== undefined && found.host.toLowerCase() !== authority.toLowerCase()) {
    notes.push(`the key in ${found.origin} belongs to ${found.host}, and the request goes to ${authority}`);
  }
  const headers = [...unsigned.headers.filter((header) => !replaced.includes(header)), ...signature.headers];
  return {
    scheme,
    credential,
    signature,
    protocol,
    authority,
    notes,
    message: { ...unsigned, headers, body },
    ...(options.data?.startsWith('@') && options.data !== '@-' && { dataFile: options.data.slice(1) }),
  };
}

/** Scheme and authority of an absolute http(s) URL. */
export function splitAbsolute(url: string): { protocol: string; authority: string } {
  const wanted = 'expected an absolute http or https URL';
  const bad = /[\s\0-\x20\x7f]/.exec(url); // eslint-disable-line no-control-regex
  if (bad) {
    throw badInput(
      'usage/url',
      `the URL holds white space or a control character at column ${bad.index + 1}; encode it as %20 or the like`,
    );
  }
  let authority: string | undefined;
  try {
    ({ authority } = splitUrl(url));
  } catch {
    throw badInput('usage/url', `"${url}" is not a URL; ${wanted}`);
  }
  if (authority === undefined) throw badInput('usage/url', `"${url}" is only a path; ${wanted}`);
  return { protocol: url.slice(0, url.indexOf(':') + 1).toLowerCase(), authority };
}

/** The URL decides; where it says nothing, the only provider whose variables are set does. */
function recognize(authority: string, target: string, env: Readonly<Record<string, string | undefined>>): Scheme {
  const recognized = schemeOfUrl(schemes, authority, target);
  if (recognized) return recognized.scheme;
  const configured = schemes.filter(({ id }) => providerVariables[id]?.read(env) !== undefined);
  const [only] = configured;
  if (only && configured.length === 1) return only;
  const ids = schemes.map(({ id }) => id).join(', ');
  throw badInput('scheme/unrecognized', `${authority} says nothing about the signature scheme; give --scheme (${ids})`);
}

function signRequest(scheme: Scheme, credential: Credential, unsigned: Message, options: SigningOptions): Signature {
  const dateHeader = options.dateHeader === undefined ? {} : { dateHeader: options.dateHeader };
  if (options.date === undefined) return sign(scheme, credential, unsigned, dateHeader);
  const date = timeArgument(options.date, '--date');
  try {
    // A date that is in the scheme's own format is signed as it is written: fraction digits count.
    return sign(scheme, credential, unsigned, { ...dateHeader, date: options.date });
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code !== 'date/malformed') throw error;
    return sign(scheme, credential, unsigned, { ...dateHeader, date });
  }
}

/** The headers of a request as it goes over the wire: with the length of its body. */
export function wireHeaders({ method, headers, body }: PreparedRequest['message']): readonly Header[] {
  const needsLength = body.length > 0 || !['GET', 'HEAD', 'DELETE', 'OPTIONS'].includes(method);
  if (!needsLength || headerValue(headers, 'content-length') !== undefined) return headers;
  return [...headers, ['Content-Length', String(body.length)]];
}
