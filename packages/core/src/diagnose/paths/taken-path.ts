import { brief } from '../text/brief.ts';

/** The path of this request, changed; or one that was taken from elsewhere. */
export type TakenPath =
  | { readonly kind: keyof typeof changes }
  /** The signed path is right, and the URL has a slash too many. */
  | { readonly kind: 'doubled slash sent' }
  | { readonly kind: 'segments missing'; readonly end: 'first' | 'last'; readonly count: number }
  | { readonly kind: 'prefix added' | 'prefix missing'; readonly prefix: string }
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'documented'; readonly source: string; readonly whose?: string }
  | { readonly kind: 'other operation' }
  | { readonly kind: 'your value'; readonly names: readonly string[] }
  | { readonly kind: 'public URL'; readonly url: string }
  | { readonly kind: 'forwarded' | 'forwarded prefix'; readonly header: string; readonly text: string }
  | { readonly kind: 'letter case'; readonly piece: string }
  | { readonly kind: 'number'; readonly written: string };

const changes = {
  'slash before query': 'a slash stands before the query',
  query: 'the query alone',
  fragment: 'with a fragment',
  'leading slash missing': 'its leading slash is missing',
  'leading slash doubled': 'its leading slash is doubled',
  'trailing slash added': 'a trailing slash is added',
  'trailing slash missing': 'its trailing slash is missing',
  'leading segments and slash missing': 'its leading segments and slash are missing',
  'segment missing': 'one of its segments is missing',
  'slash doubled': 'one of its slashes is doubled',
  root: 'the root alone',
  'lower case': 'in lower case',
  'upper case': 'in upper case',
  'action missing': 'its action is missing',
  'action behind slash': 'its action follows a slash',
  'slash before action': 'a slash stands before its action',
  'slash before action missing': 'the slash before its action is missing',
  'segment added': 'a segment is added',
  host: 'the host alone',
  'host before': 'with the host before the path as a segment',
  'label before': 'with the first label of the host before the path',
  'dots resolved': 'its dot segments are resolved',
  'singular or plural': 'its last segment is singular or plural',
} as const;

/** What was done to the path, completing "the path, ". */
export function takenPathInWords(detail: Exclude<TakenPath, { kind: 'doubled slash sent' }>): string {
  switch (detail.kind) {
    case 'segments missing':
      return `its ${detail.end} ${detail.count === 1 ? 'segment is' : `${detail.count} segments are`} missing`;
    case 'prefix added':
      return `with ${detail.prefix} before the path`;
    case 'prefix missing':
      return `without ${detail.prefix}`;
    case 'version':
      return `with ${detail.version}`;
    case 'variable':
      return `the value of ${detail.name}`;
    case 'other operation':
      return 'a path of another operation';
    case 'your value':
      return `with the value that you gave for ${detail.names.join(' and ')}`;
    case 'public URL':
      return `the path of the public URL ${brief(detail.url)}`;
    case 'forwarded':
      return `what the header ${detail.header} says`;
    case 'forwarded prefix':
      return `with ${brief(detail.text)} before the path, as the header ${detail.header} says`;
    case 'number':
      return `with the number as ${detail.written}`;
    case 'letter case':
      return `with ${brief(detail.piece)} in other letters`;
    case 'documented': {
      const own = detail.whose === undefined ? '' : `, with ${detail.whose}`;
      return `a path that the provider's own documentation once used${own}: ${detail.source}`;
    }
    default:
      return changes[detail.kind];
  }
}
