// Each finder takes what can hardly be anything else: a warning that is wrong is soon not read. All are linear in the text.

/** How templates write variables wherever they stand: `{{name}}`, `${name}`. */
const anywhere = /\{\{\{[^{}\r\n]{1,60}\}\}\}|\{\{[^{}\r\n]{1,60}\}\}|\$\{[A-Za-z_][^{}\r\n"]{0,59}\}/g;

/** In a URL neither braces nor angle brackets stand for themselves: `{name}` and `<name>` are variables there, too. */
const inUrl =
  /\{\{\{[^{}\r\n]{1,60}\}\}\}|\{\{[^{}\r\n]{1,60}\}\}|\$?\{[A-Za-z_][\w.-]{0,59}\}|<[A-Za-z_][\w. -]{0,59}>/g;

/** A whole string of JSON: `"<name>"`. */
const wholeValue = /"(<[A-Za-z_][\w. -]{0,59}>)"/g;

/** A name of several words, as none of HTML's is: `<callback_host>`, `<callbackHost>`, `<your number>`. */
const severalWords = /<(?:[A-Za-z]+[_ -][\w -]{1,50}|[a-z]+[A-Z]\w{0,50})>/g;

const markup = /<\/|\/>|<[!?]/;
const htmlElements = /^<(?:br|hr|p|b|i|u|s|li|ul|ol|td|tr|th|div|span|img|input|wbr)>$/i;

/** Placeholders in a header, a host or other plain text. */
export function placeholdersOfText(text: string): readonly string[] {
  return matches(text, anywhere);
}

/**
 * Placeholders in a request target, as they stand or URL-encoded: also `:name`, where it is a whole segment of the path.
 *
 * @param hasActions the provider may write actions as segments, as in `/identities/{id}/:issueAccessToken`: then the last
 * segment is a variable only if it is named like one
 */
export function placeholdersOfTarget(target: string, hasActions: boolean): readonly string[] {
  const plain = target.replace(/%(?:7B|7D|3C|3E|24)/gi, (escape) => decodeURIComponent(escape));
  const segments = (plain.split('?', 1)[0] ?? '').split('/');
  const ofPath = segments.flatMap((segment, at) => {
    const [, name, action] = /^:([A-Za-z_]\w{0,59})(:\w+)?$/.exec(segment) ?? [];
    if (name === undefined) return [];
    const isVariable = action !== undefined || at < segments.length - 1 || !hasActions || isNamedLikeAVariable(name);
    return isVariable ? [`:${name}`] : [];
  });
  return [...matches(plain, inUrl), ...ofPath];
}

/** Placeholders in a body that is text. Markup is none: SSML and XML have their own `<names>`. */
export function placeholdersOfBody(body: Uint8Array): readonly string[] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return [];
  }
  const whole = [...text.matchAll(wholeValue)].flatMap(([, name = '']) => (htmlElements.test(name) ? [] : [name]));
  return [...matches(text, anywhere), ...whole, ...(markup.test(text) ? [] : matches(text, severalWords))];
}

function isNamedLikeAVariable(name: string): boolean {
  return /^(?:id|number|name|uuid|guid)$|(?:Id|ID|_id|Number|_number|Name|_name|Key|_key)$/.test(name);
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([found]) => found);
}
