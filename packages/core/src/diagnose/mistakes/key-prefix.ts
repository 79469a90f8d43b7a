import type { KeyTextMove, MistakeClass } from '../search/mistake-class.ts';

interface Prefix {
  /** The signer left it away, or took it as part of the key. */
  readonly kind: 'left away' | 'taken in';
  readonly prefix: string;
}

/** A prefix that says what kind of key it is, counted as key or not. */
export const keyPrefix: MistakeClass<Prefix> = {
  id: 'key/prefix',
  rank: 90,
  needs: 'nothing',
  keyTexts: (text) => prefixTexts(text),
  say: (detail) => `The prefix of the secret was handled wrongly: ${inWords(detail)}.`,
  fixes: {
    javascript: "const secret = text.replace(/^(v1,)?whsec_/, ''); // as the provider documents",
    python: "secret = text.removeprefix('whsec_')  # as the provider documents",
    csharp: 'var secret = text.StartsWith("whsec_") ? text["whsec_".Length..] : text;',
    java: 'String secret = text.startsWith("whsec_") ? text.substring(6) : text;',
    php: "$secret = preg_replace('/^whsec_/', '', $text);",
    postman: "const secret = pm.environment.get('key').replace(/^accesskey=/, '');",
  },
};

function inWords({ kind, prefix }: Prefix): string {
  return kind === 'left away'
    ? `the signer left "${prefix}" away, and here it is part of the key`
    : `"${prefix}" was taken as part of the key`;
}

const prefixes = [
  'whsec_',
  'v1,whsec_',
  'v1,',
  'sk_',
  'sk_live_',
  'sk_test_',
  'base64:',
  'hex:',
  'accesskey=',
  'AccessKey=',
  ';accesskey=',
  'key=',
  'secret=',
  'SECRET=',
  'SharedAccessKey=',
  'Bearer ',
  'Basic ',
  'HMAC-SHA256 ',
  'application ',
  'AWS4',
  'sha256=',
  'text:',
  'utf8:',
];

function* prefixTexts(text: string): Generator<KeyTextMove<Prefix>> {
  // A prefix that is part of another one: the longest that fits is taken off too.
  for (const prefix of prefixes) {
    if (text.startsWith(prefix)) {
      yield {
        detail: { kind: 'left away', prefix },
        cost: 1,
        text: text.slice(prefix.length),
      };
    }
  }
  const shaped = /^([A-Za-z]{2,8}[_:])(?=.{8})/.exec(text)?.[1];
  if (shaped !== undefined && !prefixes.includes(shaped)) {
    yield {
      detail: { kind: 'left away', prefix: shaped },
      cost: 2,
      text: text.slice(shaped.length),
    };
  }
  for (const prefix of prefixes) {
    if (!text.startsWith(prefix)) yield { detail: { kind: 'taken in', prefix }, cost: 2, text: prefix + text };
  }
}
