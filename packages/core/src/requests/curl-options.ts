/**
 * curl's options, as far as a request on the wire depends on them. `flag` takes nothing, `value` takes one argument;
 * `ignored` ones change how curl works and not what it sends; `refused` ones make a request that cannot be told from the
 * command line.
 *
 * @see https://curl.se/docs/manpage.html
 */
export type CurlOption =
  | { readonly kind: 'flag' | 'value' | 'ignored-flag' | 'ignored-value'; readonly name: string }
  | { readonly kind: 'refused'; readonly name: string; readonly why: string };

/** One-letter names, in the order of the manual's groups: what is sent, then how curl works. */
const shortNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...lettersOf('X request H header d data u user G get I head F form T upload-file A user-agent e referer b cookie'),
    ...lettersOf('K config : next n netrc r range z time-cond C continue-at'),
    ...lettersOf(
      's silent S show-error v verbose i include k insecure L location f fail N no-buffer g globoff q disable',
    ),
    ...lettersOf('O remote-name J remote-header-name R remote-time # progress-bar j junk-session-cookies'),
    ...lettersOf('0 http1.0 4 ipv4 6 ipv6 o output w write-out m max-time x proxy U proxy-user D dump-header'),
    ...lettersOf('c cookie-jar E cert y speed-time Y speed-limit'),
  }),
);

const flags = words('get head path-as-is');
const values = words(
  'request header data data-ascii data-raw data-binary data-urlencode json user user-agent referer cookie url url-query oauth2-bearer request-target upload-file',
);
const ignoredFlags = words(
  'silent show-error verbose include insecure location location-trusted fail fail-with-body no-buffer globoff remote-name remote-header-name disable progress-bar junk-session-cookies compressed http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only ipv4 ipv6 no-progress-meter remote-time tcp-nodelay no-keepalive basic anyauth tlsv1 tlsv1.2 tlsv1.3 ssl-reqd trace-time create-dirs styled-output no-styled-output parallel post301 post302 post303',
);
const ignoredValues = words(
  'output write-out max-time connect-timeout proxy dump-header cookie-jar cert key cacert capath resolve connect-to retry retry-delay retry-max-time ciphers interface limit-rate max-redirs keepalive-time noproxy proxy-user speed-time speed-limit trace trace-ascii stderr cert-type key-type pass tls-max unix-socket',
);
const refusals = {
  form: 'curl makes the boundary of a multipart body when it runs, so the body is not in the command; save the raw request to a file instead',
  'form-string': 'curl makes the boundary of a multipart body when it runs, so the body is not in the command',
  config: 'the request is in another file; give its options here',
  next: 'there are two requests in one command; give them one by one',
  netrc: 'the credentials are in another file; give them with -u',
  digest: 'the header is made from an answer of the server',
  ntlm: 'the header is made from an answer of the server',
  negotiate: 'the header is made from an answer of the server',
  'aws-sigv4': 'curl signs this request itself, when it runs',
  range: 'a Range header is wanted; give it with -H',
  'time-cond': 'an If-Modified-Since header is wanted; give it with -H',
  'continue-at': 'a Range header is wanted; give it with -H',
};

const refused: ReadonlyMap<string, string> = new Map(Object.entries(refusals));

/** The option behind `--name` (unique beginnings are not expanded, as curl 8 no longer does) or one letter. */
export function curlOption(name: string): CurlOption | undefined {
  const why = refused.get(name);
  if (why !== undefined) return { kind: 'refused', name, why };
  if (flags.has(name)) return { kind: 'flag', name };
  if (values.has(name)) return { kind: 'value', name };
  if (ignoredFlags.has(name) || ignoredFlags.has(name.replace(/^no-/, ''))) return { kind: 'ignored-flag', name };
  if (ignoredValues.has(name)) return { kind: 'ignored-value', name };
  return undefined;
}

/** The long name of a one-letter option. */
export function longName(letter: string): string | undefined {
  return shortNames.get(letter);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

function lettersOf(text: string): Record<string, string> {
  const list = text.split(' ');
  return Object.fromEntries(list.flatMap((letter, at) => (at % 2 === 0 ? [[letter, list[at + 1] ?? '']] : [])));
}
