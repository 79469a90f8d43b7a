import type { OptionWords } from '../../option-words.ts';
import type { MissingOption } from '../diagnosis.ts';
import { longBytes, type Evidence } from '../reading/evidence.ts';
import { isBlind } from './edited-file.ts';
import { isHostOf } from '../reading/provider-host.ts';
import { canHit } from '../search/matrix.ts';
import type { ContentHashResult } from '../search/content-hash-search.ts';
import { isContainer, jsonNodes, parseJson } from '../text/json-text.ts';
import { splitTarget } from '../text/target-text.ts';

/** A value of the request that may have been another one, or a placeholder, when it was signed. */
interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** Which options would let more be tried, the likeliest first, each with the very names to fill in. */
export function missingOptions(evidence: Evidence, hash: ContentHashResult | undefined): MissingOption[] {
  // The body comes first, and the note says so.
  if (isBlind(evidence, hash)) return [];
  return [publicUrl(evidence), variables(evidence, hash), otherKeys(evidence), yourString(evidence)].filter(
    (option) => option !== undefined,
  );
}

/** Whether a value that is not in the request may have been signed: then it is not "usually another key". */
export function isOpen(missing: readonly MissingOption[]): boolean {
  return missing.some(({ option }) => option === '--public-url' || option === '--var');
}

/** Behind a proxy or a tunnel a receiver sees another host or path than the sender, who signs what it calls. */
function publicUrl({ scheme, provider, host, message, options, ask }: Evidence): MissingOption | undefined {
  if (options.publicUrls?.length || (host !== undefined && isHostOf(provider, host))) return undefined;
  if (!canHit('target', scheme) && !canHit('a host or a URL', scheme)) return undefined;
  const { path } = splitTarget(message.target);
  return {
    option: '--public-url',
    summary: `The request arrived at ${host ?? ''}${path}; behind a proxy, tunnel or gateway it may have been signed for another URL. Give the one that the sender calls: ${ask('public-url', `https://${host ?? '<host>'}/<prefix>${path}`)}`,
  };
}

/** Where the content hash is of another body and the rest is explained: what would let more bodies be tried. */
export function missingForBody(evidence: Evidence): MissingOption[] {
  const open = [...bodyValues(evidence)].filter((one) => !isGiven(one, evidence)).slice(0, mostNames);
  const [first] = open;
  if (!first) return [];
  return [{ option: '--var', summary: [valuesSentence(open), ...nameSentences(first, open, evidence.ask)].join(' ') }];
}

/** Another value than the one that was sent, as that of an earlier call, or a placeholder whose name nobody can guess. */
function variables(evidence: Evidence, hash: ContentHashResult | undefined): MissingOption | undefined {
  const mayBeOther = (one: NamedValue): boolean => !isGiven(one, evidence);
  const ofPath = [...pathValues(evidence)].filter(mayBeOther);
  const others = [...queryValues(evidence), ...(hash?.state === 'right' ? [] : bodyValues(evidence))].filter(
    mayBeOther,
  );
  const open = [...ofPath, ...others].slice(0, mostNames);
  const [first] = open;
  if (!first) return undefined;
  const another = ofPath.map(({ name }) => evidence.ask('var', `${name}=<the value that was signed>`)).join(' ');
  const sentences = [
    valuesSentence(open),
    ...(another === '' ? [] : [`Where another one was signed, as that of an earlier call, give it: ${another}.`]),
    ...nameSentences(first, others, evidence.ask),
  ];
  return { option: '--var', summary: sentences.join(' ') };
}

function isGiven({ name, value }: NamedValue, { variables: given }: Evidence): boolean {
  return given.has(name) || [...given.values()].includes(value);
}

function valuesSentence(open: readonly NamedValue[]): string {
  return `The request has a value for ${open.map(({ name }) => name).join(', ')}.`;
}

/** What Postman and other tools make again each time: identifiers and times. */
const dynamicLooks = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-|^1\d{9}(?:\d{3})?$|^\d{4}-\d\d-\d\dT/i;

/** How to name a placeholder; and of which the value cannot be known, whatever its name. */
function nameSentences(first: NamedValue, values: readonly NamedValue[], ask: OptionWords): string[] {
  const dynamic = values.find(({ value }) => dynamicLooks.test(value));
  return [
    `Where a placeholder was signed whose name is your own, give its name: ${ask('var', `<name>=${shortened(first.value)}`)}`,
    ...(dynamic
      ? [
          `(A dynamic one for ${dynamic.name}, such as {{$guid}}, {{$randomUUID}} or {{$timestamp}}, has another value each time it is read, so what was signed cannot be known: set a variable once, and sign and send that.)`,
        ]
      : []),
  ];
}

const mostNames = 4;

function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}

function pathValues({ scheme, route }: Evidence): readonly NamedValue[] {
  return canHit('target', scheme) ? (route?.parameters ?? []) : [];
}

function* queryValues({ scheme, route, message, provider, host }: Evidence): Generator<NamedValue> {
  // The query of a webhook is not made of a sender's variables.
  if (host !== undefined && !isHostOf(provider, host) && !route) return;
  const { query } = splitTarget(message.target);
  if (query === undefined || !canHit('query', scheme)) return;
  for (const parameter of query.split('&')) {
    const [name = '', value = ''] = parameter.split('=', 2);
    if (name !== '' && value !== '') yield { name, value };
  }
}

/** Members of a JSON body that templates have variables for: numbers, addresses, identifiers. */
function* bodyValues({ scheme, bodyText, provider, host }: Evidence): Generator<NamedValue> {
  // Read again: the budget, which a search in vain has used up, has no room for its tree.
  const root = bodyText !== undefined && bodyText.length <= longBytes ? parseJson(bodyText) : undefined;
  if (!root || !(canHit('body', scheme) || canHit('content hash', scheme))) return;
  if (host !== undefined && !isHostOf(provider, host)) return;
  for (const { node, key } of jsonNodes(root)) {
    if (isContainer(node) || node.kind !== 'string' || key === undefined) continue;
    if (/^\+?\d{5,}$|@|^[0-9a-f]{8}-|^https?:|^\d{4}-\d\d-\d\dT|\s/i.test(node.text))
      yield { name: key, value: node.text };
  }
}

function otherKeys({ options, ask }: Evidence): MissingOption {
  const given = options.alsoSecrets?.length ?? 0;
  const besides = given === 0 ? '' : `, besides the ${given === 1 ? 'one' : given} that you named`;
  return {
    option: '--also-secret-env',
    summary: `Give the other keys that the signer may have${besides}: the second key of the resource, that of another application or environment (${ask('also-secret-env', 'NAME')}).`,
  };
}

function yourString({ options, ask }: Evidence): MissingOption | undefined {
  if (options.yourStringToSign !== undefined) return undefined;
  return {
    option: '--your-string',
    summary: `Give the string that your code signs, or that your receiver makes of the request, byte for byte (${ask('your-string', 'FILE')}): it tells a wrong key from a wrong string.`,
  };
}
