import type { OptionWords } from '../option-words.ts';
import type { Scheme } from '../scheme.ts';
import type { Secret } from '../secret.ts';

/** Every class of mistake, by the identifier that code, command line, console and documentation share. */
export const mistakeIds = [
  'key/encoding',
  'key/stray-characters',
  'key/other',
  'key/id',
  'key/prefix',
  'key/swapped-with-message',
  'key/derivation',
  'key/kind',
  'body/reserialized',
  'body/missing',
  'body/charset',
  'body/newlines',
  'body/transport-encoding',
  'body/part-only',
  'body/form-encoding',
  'content-hash/encoding',
  'content-hash/algorithm',
  'content-hash/mismatch',
  'content-hash/not-sent',
  'url/absolute',
  'url/host',
  'url/scheme',
  'url/path',
  'url/path-encoding',
  'url/query-omitted',
  'url/query-order',
  'url/query-encoding',
  'url/query-other',
  'url/canonical-form',
  'parameters/order',
  'parameters/encoding',
  'parameters/set',
  'url/hash',
  'template/unresolved',
  'header/name-case',
  'header/signed-set',
  'header/changed-in-transit',
  'header/content-type',
  'header/content-length',
  'header/authorization-syntax',
  'header/duplicated',
  'header/separator-inside',
  'header/canonical-form',
  'components/line',
  'components/parameters',
  'date/format',
  'date/clock-skew',
  'date/unit',
  'date/not-the-one-sent',
  'date/other-message',
  'layout/newlines',
  'layout/literal-newline',
  'layout/trailing-newline',
  'layout/separator',
  'layout/order',
  'layout/part-missing',
  'method/case',
  'method/other',
  'digest/encoding',
  'digest/algorithm',
  'digest/not-hmac',
  'replay/repeated',
  'token/malformed',
  'token/algorithm',
  'token/claim',
  'resource/other',
  'rights/other',
  'provider/at-fault',
  'scheme/other',
  'scheme/form-only',
  'scheme/basic',
  'scheme/not-for-this-api',
  'scheme/look-alike',
  'signature/damaged',
  'signature/one-of-several',
  'request/refused',
] as const;

/** The id of a class of mistakes, `what/how`: one of `mistakeIds`. */
export type MistakeId = (typeof mistakeIds)[number];

/** Languages in which a fix is written; `postman` is a pre-request script, `bash` uses openssl and curl. */
export const fixLanguages = [
  'javascript',
  'python',
  'csharp',
  'java',
  'php',
  'go',
  'ruby',
  'bash',
  'powershell',
  'postman',
] as const;

/** One of `fixLanguages`. */
export type FixLanguage = (typeof fixLanguages)[number];

/** The fix as code, by language; `postman` where a pre-request script can make the mistake. */
export type Fixes = Readonly<Record<Exclude<FixLanguage, 'postman'>, string>> & { readonly postman?: string };

/** Where two strings part. */
export interface Place {
  /** A part of the string to sign by its name, or `key`, `body`, `signature`, `authorization`, `string-to-sign`. */
  readonly part: string;
  /** Byte offset of the first difference, counted in that part. */
  readonly offset: number;
}

/**
 * How sure a mistake is. `proven`: recomputing under it (and the others beside it) reproduces the received value exactly.
 * `certain`: it follows from the request itself, and nothing was recomputed. `likely`: it is what the request suggests.
 */
export type Certainty = 'proven' | 'certain' | 'likely';

/** One thing that was done wrong. */
export interface Mistake {
  readonly id: MistakeId;
  /** Whether `certainty` is `proven`. */
  readonly proven: boolean;
  readonly certainty: Certainty;
  /** One sentence of fact. */
  readonly summary: string;
  /** What was signed or sent, invisible characters made visible. Never a key. */
  readonly yours: string;
  /** What belongs there, invisible characters made visible. Never a key. */
  readonly expected: string;
  readonly at: Place;
  readonly fix: Fixes;
}

/** Something worth knowing besides the explanation. */
export interface DiagnosisNote {
  readonly id: string;
  readonly summary: string;
}

/** How the string that somebody's own code made of the request, or its signature, departs from the right one. */
export interface YourString {
  readonly equal: boolean;
  /** All of its departures: all of them needed together. Empty where it is equal, or where nothing explains it. */
  readonly mistakes: readonly Mistake[];
}

/** What would let more be tried where something stayed unexplained. */
export interface MissingOption {
  /** As the command line writes it, for example `--public-url`. */
  readonly option: string;
  /** A sentence with the very names to fill in. */
  readonly summary: string;
}

/**
 * `valid`: the signature is right. `explained`: the mistakes account for the rejection. `unexplained`: nothing that was
 * tried reproduces the signature. `malformed`: there is no signature to judge.
 */
export type Verdict = 'valid' | 'explained' | 'unexplained' | 'malformed';

/** What is wrong with a request: a verdict, the mistakes that explain it, and what else is worth knowing. */
export interface Diagnosis {
  /** The id of the scheme. */
  readonly scheme: string;
  readonly verdict: Verdict;
  /** The parts of the best explanation: all of them needed together. */
  readonly mistakes: readonly Mistake[];
  /** Other explanations that give the same bytes. */
  readonly alternatives: readonly (readonly Mistake[])[];
  readonly notes: readonly DiagnosisNote[];
  /**
   * With `yourStringToSign` or `yourSignature`: how they depart from the right ones, whether the received signature is right
   * or not.
   */
  readonly yourString?: YourString;
  /** Which options would let more be tried: with `unexplained`, and where no body was found that belongs to a content hash. */
  readonly missing: readonly MissingOption[];
  /** How many candidate signatures were computed. */
  readonly tried: number;
  readonly elapsedMs: number;
  /** The language of the user's program that sent the request, by its User-Agent, where that tells; never of one that a provider sent. */
  readonly language?: FixLanguage;
}

/** The key that the signature should have been made with. A `string` secret may be one that the scheme cannot decode. */
export interface DiagnosisCredential {
  readonly keyId?: string;
  readonly secret: Secret | string;
  /** Which of the scheme's `mac.choices` the key is used with. */
  readonly mac?: string;
  /** A name for people, for example `secondary`. */
  readonly name?: string;
  /** The host of the endpoint that came with it, as in a connection string: what the signer may have signed. */
  readonly endpointHost?: string;
}

/**
 * How much a search may cost. It ends with its work, counted in candidates and bytes, so that the same request gets the
 * same answer however busy the machine is; the time is the last guard. A note `budget/candidates`, `budget/bytes` or
 * `budget/time` names the bound that ended a search in vain, or that left variants of a long body out.
 */
export interface DiagnosisBudget {
  /**
   * The measure of its work, in milliseconds of a slow machine: an ordinary one takes a fifth of it. The clock ends a search
   * only after six times that, and never within ten seconds. Defaults to 10 000.
   */
  readonly ms?: number;
  /** Signatures that may be computed. Defaults to 100 for each millisecond of `ms`: a million. */
  readonly candidates?: number;
  /**
   * Bytes that may be gone over: one for each byte that is hashed or compared, four for each that is written again
   * (escaped, encoded, rendered as JSON). Bodies take at most three quarters of it. Defaults to 50 000 for each
   * millisecond of `ms`: 500 million, some hundred variants of a body of 1 MB, and all of them for one of a few kB.
   */
  readonly bytes?: number;
  /** 1 leaves out the search for two mistakes at once and for the rarest single ones, which take long. Defaults to 2. */
  readonly mistakes?: 1 | 2;
}

/** What diagnosis may know besides the request and its key, and how long it may search. */
export interface DiagnoseOptions {
  /** The verifier's clock. Defaults to now. */
  readonly now?: Date;
  /** Further keys that the signer may have used by mistake. */
  readonly alsoSecrets?: readonly DiagnosisCredential[];
  /** Values of the user's template variables by name. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Hosts under which the service is known from outside. */
  readonly publicHosts?: readonly string[];
  /**
   * The body is what was sent, byte for byte, because a server received it or a command line gives it. Else it may be that
   * of a file that an editor, a terminal or a paste changed: where its bytes do not verify, those are judged for which
   * `Content-Length`, the content hash or the signature speaks and that can be had from it, and the note `input/edited`
   * says what differs.
   */
  readonly exactBody?: boolean;
  /** The body is one that a tool showed to people (a browser, a terminal): without a word on its length, its layout may be the tool's. */
  readonly shownBody?: boolean;
  /** The URLs under which the receiver is known from outside: that of the request, or one that its path stands behind. */
  readonly publicUrls?: readonly string[];
  /**
   * The string that the signer says it signed, or that a receiver's own code makes of the request. Read from
   * `x-ms-hmac-string-to-sign-base64` when the request has it.
   */
  readonly yourStringToSign?: string | Uint8Array;
  /** The signature that a receiver's own code computes of the request with the right secret, where it shows no string. */
  readonly yourSignature?: string;
  /** Signatures that were accepted before, to tell a repeated request. */
  readonly seenSignatures?: Iterable<string>;
  /** Schemes to try when the request does not look like this one. */
  readonly otherSchemes?: readonly Scheme[];
  /**
   * Decompresses brotli, which core does not do itself; Node's `zlib.brotliDecompressSync` fits. It throws where the data is
   * none or grows past the limit. Without it, a body with `Content-Encoding: br` is judged as it was sent, and the note
   * `input/brotli` says so.
   */
  readonly brotli?: (data: Uint8Array, limit: { readonly maxOutputLength: number }) => Uint8Array;
  /** Where the search stops; see {@link DiagnosisBudget}. */
  readonly budget?: DiagnosisBudget;
  /** This worker's share of the search for pairs. Single mistakes are searched by every worker. */
  readonly shard?: { readonly index: number; readonly count: number };
  /**
   * Whoever asks holds the key. Only then is a signature that is nearly right told as such (`signature/damaged`): to
   * others each answer would tell how much of a forged signature is right.
   */
  readonly callerHoldsKey?: boolean;
  /** How sentences name what else may be given. Defaults to the options of the command line, such as `--now`. */
  readonly optionWords?: OptionWords;
  /** Show the expected signature whole. Only where the caller holds the key anyway. */
  readonly revealExpected?: boolean;
}
