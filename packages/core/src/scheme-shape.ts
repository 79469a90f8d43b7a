/** A scheme before anybody knows that it is one. */
interface SchemeLike {
  readonly title: unknown;
  readonly documentation: unknown;
  readonly authorization: { readonly header: unknown; readonly template: unknown };
  readonly contentHash?: { readonly header?: unknown };
  readonly date?: { readonly headers: unknown };
  readonly signedHeaders?: { readonly accepted: readonly unknown[]; readonly furtherSeparator?: unknown };
  readonly parts: readonly PartLike[];
  readonly nonce?: unknown;
  readonly ambiguous?: unknown;
  readonly provider?: unknown;
  readonly deviations?: readonly { readonly id: unknown; readonly rewrite: unknown }[];
}

interface PartLike {
  readonly name: unknown;
  readonly after: unknown;
  readonly before?: unknown;
  readonly excludes?: unknown;
  readonly source: { readonly from: string; readonly header?: unknown; readonly text?: unknown };
}

/** A header's name (RFC 9110 §5.6.2). */
const headerName = /^[!#$%&'*+.^`|~\w-]+$/;
const lowerCaseName = /^[!#$%&'*+.^`|~a-z0-9_-]+$/;

/**
 * Checks that a scheme's members are of their types, whatever its author's compiler let pass: an `after` that was never set
 * would sign the word "undefined", and a header without a name is never found.
 *
 * @param refuse throws with what is wrong
 */
export function checkShape(scheme: SchemeLike, refuse: (problem: string) => never): void {
  const text = (name: string, value: unknown): void => {
    if (typeof value !== 'string' || value.trim() === '') refuse(`\`${name}\` must be text, and not empty`);
  };
  const perhaps = (name: string, value: unknown, check: (name: string, value: unknown) => void): void => {
    if (value !== undefined) check(name, value);
  };
  const object = (name: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(`\`${name}\` must be an object`);
  };
  const list = (name: string, value: unknown): void => {
    if (!Array.isArray(value)) refuse(`\`${name}\` must be a list`);
  };
  const matching = (name: string, value: unknown, pattern: RegExp, wanted: string): void => {
    if (typeof value !== 'string' || !pattern.test(value)) refuse(`\`${name}\` must be ${wanted}`);
  };
  const header = (name: string, value: unknown): void => matching(name, value, headerName, 'the name of a header');
  const names = (name: string, value: unknown): void => {
    list(name, value);
    const given = value as readonly unknown[];
    if (given.length === 0) refuse(`\`${name}\` is empty`);
    for (const one of given) matching(name, one, lowerCaseName, 'names of headers in lower case');
  };

  text('title', scheme.title);
  text('documentation', scheme.documentation);
  object('authorization', scheme.authorization);
  for (const name of ['contentHash', 'date', 'signedHeaders', 'provider'] as const) perhaps(name, scheme[name], object);
  text('authorization.template', scheme.authorization.template);
  header('authorization.header', scheme.authorization.header);
  perhaps('contentHash.header', scheme.contentHash?.header, header);
  if (scheme.date) names('date.headers', scheme.date.headers);
  if (scheme.signedHeaders) {
    const { accepted, furtherSeparator } = scheme.signedHeaders;
    list('signedHeaders.accepted', accepted);
    if (accepted.length === 0) refuse('`signedHeaders.accepted` is empty');
    for (const one of accepted) names('signedHeaders.accepted', one);
    if (furtherSeparator !== undefined && (typeof furtherSeparator !== 'string' || furtherSeparator === '')) {
      refuse('`signedHeaders.furtherSeparator` must be text, and not empty');
    }
  }
  list('parts', scheme.parts);
  for (const part of scheme.parts) {
    object('parts: each', part);
    checkPart(part, text, refuse);
    if (part.source?.from === 'header') header(`parts: header of ${String(part.name)}`, part.source.header);
  }
  perhaps('nonce', scheme.nonce, text);
  perhaps('ambiguous', scheme.ambiguous, text);
  perhaps('deviations', scheme.deviations, list);
  for (const deviation of scheme.deviations ?? []) {
    object('deviations: each', deviation);
    text('deviations: id', deviation.id);
    if (typeof deviation.rewrite !== 'function')
      refuse(`deviation "${String(deviation.id)}" needs a function \`rewrite\``);
  }
}

function checkPart(part: PartLike, text: (name: string, value: unknown) => void, refuse: (problem: string) => never) {
  text('parts: name', part.name);
  const { after, before = '', excludes = '', source } = part;
  for (const [name, value] of Object.entries({ after, before, excludes })) {
    if (typeof value !== 'string') refuse(`\`parts: ${name} of ${String(part.name)}\` must be text`);
  }
  if (source?.from === 'literal' && typeof source.text !== 'string') {
    refuse(`\`parts: text of ${String(part.name)}\` must be text`);
  }
}
