import { providerHints } from '../../providers/provider-hints.ts';
import { contentHashText } from '../../canonical/content-hash.ts';
import { parameterValues } from '../../canonical/parameters.ts';
import { targetForm } from '../../canonical/request-target.ts';
import { headerValue, isContentDigest, type Message } from '../../message.ts';
import type { ReceivedValues } from '../../parts/source.ts';
import { readTokenDate } from '../../places/token-date.ts';
import { claimText } from '../../places/token.ts';
import { commandLineWords, type OptionWords } from '../../option-words.ts';
import { receivedValue } from '../../parts/sources.ts';
import type { ContentHashRule, ProviderHints, Scheme } from '../../scheme.ts';
import type { DiagnoseOptions, DiagnosisCredential } from '../diagnosis.ts';
import { bodyOrigin, type BodyOrigin } from './body-origin.ts';
import { declaredAuthorization, digestInField, uncoveredBody } from './declared-signature.ts';
import { clientOf, type Client } from './client.ts';
import { foreignAuthorization, holdsNoSignature, type ForeignAuthorization } from './foreign-authorization.ts';
import { readLeniently, type LenientAuthorization } from './lenient-authorization.ts';
import { joinLayout, type Layout, type Slot } from './layout.ts';
import { parseJson, type JsonNode } from '../text/json-text.ts';
import { forwarded, type Forwarded } from './forwarded.ts';
import { publicHostsOf } from './public-addresses.ts';
import { matchRoute, type RouteMatch } from './route-match.ts';
import type { SearchBudget } from './search-budget.ts';
import { secretText } from '../text/secret-text.ts';
import { textOf } from '../text/visible.ts';

/** The rejected request, read once: what every class of mistake looks at. */
export interface Evidence {
  readonly scheme: Scheme;
  readonly message: Message;
  readonly credential: DiagnosisCredential;
  readonly options: DiagnoseOptions;
  /** How sentences name an option. */
  readonly ask: OptionWords;
  /** The header that carries the signature, read leniently. */
  readonly authorization: LenientAuthorization | undefined;
  /** What that header is where it begins with a word of something else; a signature may stand in it all the same. */
  readonly foreign: ForeignAuthorization | undefined;
  /** The raw body; `undefined` when only its digest is known. */
  readonly body: Uint8Array | undefined;
  /** Whether those are the bytes that were sent, or an edited file's. */
  readonly origin: BodyOrigin;
  /** The body as text, when it is UTF-8. */
  readonly bodyText: string | undefined;
  /** The body as JSON, read once; `undefined` when it is none, or too long for the budget. */
  readonly bodyJson: () => JsonNode | undefined;
  /** Whether body or string to sign are so long that a budget has room for few of their variants. */
  readonly isLong: boolean;
  /** Whether the string to sign itself is: it holds the body, and not its hash. */
  readonly isStringLong: boolean;
  /** What is left for the search: moves ask it before they make something long. */
  readonly budget: SearchBudget;
  /** The header and text of the date that is taken as signed. */
  readonly date: { readonly header: string; readonly text: string } | undefined;
  readonly contentHash:
    | {
        readonly sent: string | undefined;
        readonly computed: string | undefined;
        readonly header: string | undefined;
        /** The request says that its body is not covered; what it says is signed in the place of the hash. */
        readonly isUncovered?: true;
      }
    | undefined;
  /** That of the `Host` header; where the request has none, that of the credential's endpoint, or one named as public. */
  readonly host: string | undefined;
  /** Whether the request itself has no host: what people paste of a request often lacks the header that every client adds. */
  readonly isHostAssumed: boolean;
  /** What proxies say of the request as it came to them. */
  readonly forwarded: Forwarded;
  /** Whether the body says that it is compressed with brotli. */
  readonly isBrotli: boolean;
  /** What sent it, where it says so. */
  readonly client: Client | undefined;
  readonly variables: ReadonlyMap<string, string>;
  /** What is known of the provider's public API. */
  readonly provider: ProviderHints | undefined;
  /** The provider's route that the target belongs to, with its parameters. */
  readonly route: RouteMatch | undefined;
  /** The string to sign as a verifier builds it from what was received, with what is missing filled in where it can be. */
  readonly layout: Layout;
}

/** Beyond this a text is long: a budget has room for few of its variants. */
export const longBytes = 65_536;

/** Reads a request. Nothing here throws on bad input: what is missing stays empty and is reported by the lints. */
export function readEvidence(
  scheme: Scheme,
  credential: DiagnosisCredential,
  message: Message,
  options: DiagnoseOptions,
  budget: SearchBudget,
  origin = bodyOrigin(message, options),
): Evidence {
  const body = isContentDigest(message.body) ? undefined : message.body;
  const { authorization, foreign } = readAuthorizations(scheme, credential, message);
  const date = signedDate(scheme, message, authorization?.fields);
  const contentHash = readContentHash(scheme, message, authorization?.fields.fields);
  const sentHost = headerValue(message.headers, 'host');
  const host = sentHost ?? credential.endpointHost ?? publicHostsOf(options)[0];
  const provider = providerHints(scheme);
  const bodyText = body && textOf(body);
  const evidence = {
    scheme,
    message,
    credential,
    options,
    ask: options.optionWords ?? commandLineWords,
    authorization,
    foreign,
    body,
    origin,
    bodyText,
    bodyJson: jsonOf(bodyText, budget),
    budget,
    date,
    contentHash,
    host,
    isHostAssumed: sentHost === undefined && host !== undefined,
    forwarded: forwarded(message),
    isBrotli: /^\s*br\s*$/i.test(headerValue(message.headers, 'content-encoding') ?? ''),
    client: clientOf(message),
    variables: new Map(Object.entries(options.variables ?? {})),
    provider,
    route: matchRoute(provider?.routes ?? [], targetForm(message.target, 'path')),
  };
  const layout = receivedLayout(evidence);
  const isStringLong = joinLayout(layout).length > longBytes;
  return { ...evidence, layout, isStringLong, isLong: isStringLong || message.body.length > longBytes };
}

/** What signs the request, or seems to, and what its header is otherwise. */
function readAuthorizations(
  scheme: Scheme,
  { secret }: DiagnosisCredential,
  message: Message,
): Pick<Evidence, 'authorization' | 'foreign'> {
  const foreignOf = (value: string): ForeignAuthorization | undefined => foreignAuthorization(scheme, value);
  if (scheme.components) return { authorization: declaredAuthorization(scheme, message), foreign: undefined };
  const authorization = readLeniently(scheme, message, (value) => {
    const foreign = foreignOf(value);
    return !foreign || !holdsNoSignature(foreign, scheme, secretText(secret));
  });
  const value = authorization?.value ?? headerValue(message.headers, scheme.authorization.header);
  return { authorization, foreign: value === undefined ? undefined : foreignOf(value) };
}

/** Reads a text as JSON when it is first asked for, and if the budget has room for its tree. */
export function jsonOf(text: string | undefined, budget: SearchBudget): () => JsonNode | undefined {
  let read: { readonly root: JsonNode | undefined } | undefined;
  return () => {
    if (text === undefined || !looksLikeJson(text)) return undefined;
    if (!read) {
      // A tree takes about as long as two renderings of it.
      const room = budget.affordsBody(2 * text.length);
      if (room) budget.wroteBody(2 * text.length);
      read = { root: room ? parseJson(text) : undefined };
    }
    return read.root;
  };
}

function looksLikeJson(text: string): boolean {
  return '{["-0123456789tfn'.includes(text.trimStart()[0] ?? ' ');
}

/** The date that the declared list names, else the first that was sent at all. */
function signedDate(
  scheme: Scheme,
  message: Message,
  fields: LenientAuthorization['fields'] | undefined,
): Evidence['date'] {
  const { claim } = scheme.date ?? {};
  if (claim !== undefined) {
    const read = readTokenDate(claim, fields?.fields ?? {});
    return 'code' in read ? undefined : { header: `the claim ${claim}`, text: read.text };
  }
  if (fields?.date !== undefined) return { header: scheme.authorization.header, text: fields.date };
  const { headers: names = [], parameter } = scheme.date ?? {};
  const [given] = parameter === undefined ? [] : parameterValues(message, 'form-or-query', parameter);
  if (parameter !== undefined && given !== undefined) return { header: parameter, text: given };
  const list = fields?.signedHeaders?.toLowerCase().split(';') ?? [];
  const named = names.filter((name) => list.includes(name));
  for (const header of [...named, ...names]) {
    const text = headerValue(message.headers, header);
    if (text !== undefined) return { header, text };
  }
  return undefined;
}

function readContentHash(
  scheme: Scheme,
  message: Message,
  fields: Readonly<Record<string, string>> | undefined,
): Evidence['contentHash'] {
  const rule = scheme.contentHash;
  if (!rule) return undefined;
  const word = uncoveredBody(scheme, message);
  if (word !== undefined) return { sent: word, computed: word, header: undefined, isUncovered: true };
  const streamedOtherwise = isContentDigest(message.body) && message.body.algorithm !== rule.algorithm;
  return {
    sent: rule.claim === undefined ? sentHash(rule, message) : claimText(fields, rule.claim),
    computed: streamedOtherwise ? undefined : contentHashText(message.body, rule),
    header: rule.claim === undefined ? rule.header : `the claim ${rule.claim}`,
  };
}

function sentHash({ header, parameter }: ContentHashRule, message: Message): string | undefined {
  if (parameter !== undefined) return parameterValues(message, 'query', parameter)[0];
  const sent = header === undefined ? undefined : headerValue(message.headers, header);
  return sent !== undefined && header === 'content-digest' ? digestInField(sent) : sent;
}

type Unlaid = Omit<Evidence, 'layout' | 'isLong' | 'isStringLong'>;

function receivedLayout(evidence: Unlaid): Layout {
  const separator = evidence.scheme.signedHeaders?.furtherSeparator;
  const values = receivedValues(evidence);
  const slots = evidence.scheme.parts.map((rule): Slot => {
    const { name, source, before = '', after } = rule;
    return { name, source, before, value: receivedValue(rule, evidence.message, values), after };
  });
  if (separator === undefined) return slots;
  return [...slots, ...furtherHeaders(evidence).map((name) => headerSlot(name, separator, evidence.message))];
}

function receivedValues({
  authorization,
  contentHash,
  credential,
  date,
  host,
  body,
  bodyText,
}: Unlaid): ReceivedValues {
  return {
    date: date?.text ?? '',
    dateHeader: date?.header,
    contentHash: contentHash?.sent ?? contentHash?.computed ?? '',
    fields: authorization?.fields.fields,
    keyId: authorization?.fields.keyId ?? credential.keyId,
    host: host ?? '',
    body: bodyText ?? body ?? '',
  };
}

/** Headers that the request declares beyond an accepted list. */
export function furtherHeaders(evidence: Pick<Evidence, 'scheme' | 'authorization'>): string[] {
  const list = evidence.authorization?.fields.signedHeaders?.toLowerCase().split(';') ?? [];
  const accepted = new Set(evidence.scheme.signedHeaders?.accepted.flat());
  return list.filter((name) => name !== '' && !accepted.has(name));
}

/** A slot for a header that the scheme itself does not sign. */
export function headerSlot(name: string, before: string, message: Message): Slot {
  const value = headerValue(message.headers, name) ?? '';
  return {
    name: `header ${name}`,
    source: { from: 'header', header: name, absent: 'blank' },
    before,
    value,
    after: '',
  };
}
