import type { Message } from '../message.ts';
import { providerHints } from '../providers/provider-hints.ts';
import type { Scheme } from '../scheme.ts';
import type { SigningTrace } from '../trace.ts';
import { placeholdersOfBody, placeholdersOfTarget, placeholdersOfText } from './placeholder-texts.ts';

/** A variable of a template that stands in what is signed, where its value should. */
export interface UnfilledPlaceholder {
  /** As it is written: `{{callConnectionId}}`. URL-encoded marks are shown decoded. */
  readonly placeholder: string;
  /** The name of the part of the string to sign, or `body`. */
  readonly part: string;
}

/** More say nothing more: the template is not filled in. */
const most = 5;

/**
 * Finds what looks like a template's variable in what is signed: `{{name}}`, `${name}`, `<name>`, `{name}` in a URL, and
 * `:name` where it is a whole segment of the path. Such a request verifies only if it is sent with the placeholder in it.
 * What the scheme does not sign is not looked at. Linear in the size of the request.
 *
 * @param trace of the signature: `sign(…).trace()`
 */
export function unfilledPlaceholders(
  scheme: Scheme,
  { body }: Pick<Message, 'body'>,
  trace: Pick<SigningTrace, 'parts'>,
): readonly UnfilledPlaceholder[] {
  const hints = providerHints(scheme);
  const hasActions = hints === undefined || hints.routes.some((route) => route.includes('/:'));
  const found = new Map<string, UnfilledPlaceholder>();
  const add = (part: string, placeholders: readonly string[]): void => {
    for (const placeholder of placeholders) found.set(`${part} ${placeholder}`, { placeholder, part });
  };
  for (const { name, source, bytes } of trace.parts) {
    const text = (): string => new TextDecoder().decode(bytes);
    if (source.from === 'target') add(name, placeholdersOfTarget(text(), hasActions));
    if (source.from === 'host' || source.from === 'header') add(name, placeholdersOfText(text()));
    const isOfBody = source.from === 'body' || source.from === 'content-hash';
    if (isOfBody && body instanceof Uint8Array) add('body', placeholdersOfBody(body));
  }
  return [...found.values()].slice(0, most);
}

/** What there is to say of one, in a sentence for people. */
export function unfilledNote({ placeholder, part }: UnfilledPlaceholder): string {
  return `${placeholder} in the ${part} is signed as it is written; fill in variables before signing, and sign what is sent`;
}
