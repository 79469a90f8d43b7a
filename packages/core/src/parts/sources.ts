import type { Message } from '../message.ts';
import { bodyDigest } from './body-digest.ts';
import { body } from './body.ts';
import { canonicalHeaders } from './canonical-headers.ts';
import { canonicalResource } from './canonical-resource.ts';
import { canonicalPath, canonicalQueryRow } from './canonical-uri.ts';
import { component, components, signatureParameters } from './components.ts';
import { contentHash } from './content-hash.ts';
import { contentLength } from './content-length.ts';
import { date } from './date.ts';
import { form } from './form.ts';
import { header } from './header.ts';
import { host } from './host.ts';
import { headerList, listedHeaders } from './listed-headers.ts';
import { literal } from './literal.ts';
import { method } from './method.ts';
import { parameters } from './parameters.ts';
import { queryAndForm } from './query-and-form.ts';
import { readers } from './readers.ts';
import type { ReadSource, ReceivedValues, SignedValues, SourceRow } from './source.ts';
import { resource } from './resource.ts';
import { supersededHeader } from './superseded-header.ts';
import { target } from './target.ts';
import { tokenClaims } from './token-claims.ts';
import { tokenHeader } from './token-header.ts';
import { urlWithHash } from './url-with-hash.ts';
import { url } from './url.ts';

/** The table of sources, by what a part's `from` says. */
export const sources = {
  method,
  target,
  host,
  header,
  'content-hash': contentHash,
  date,
  body,
  literal,
  url,
  'url-with-hash': urlWithHash,
  form,
  parameters,
  'query-and-form': queryAndForm,
  'body-digest': bodyDigest,
  resource,
  'canonical-headers': canonicalHeaders,
  'canonical-resource': canonicalResource,
  'superseded-header': supersededHeader,
  'content-length': contentLength,
  components,
  component,
  'signature-params': signatureParameters,
  'canonical-path': canonicalPath,
  'canonical-query': canonicalQueryRow,
  'listed-headers': listedHeaders,
  'header-list': headerList,
  'token-header': tokenHeader,
  'token-claims': tokenClaims,
} as const;

/** Where a part's bytes come from: a closed union, of the sources in the table. */
export type PartSource = SourceOf<(typeof sources)[keyof typeof sources]>;

type SourceOf<Row> = Row extends SourceRow<infer Source> ? Source : never;

/** What of a part its value depends on. */
interface NamedSource {
  readonly name: string;
  readonly source: PartSource;
}

/** The value of a part in a message. */
export function partValue({ name, source }: NamedSource, message: Message, values: SignedValues): string | Uint8Array {
  return (readers[source.from] as ReadSource<never>)(source as never, message, values, name);
}

/** Everything else about a source. */
export function rowOf(source: PartSource): SourceRow<PartSource> {
  return sources[source.from] as SourceRow<PartSource>;
}

/** The same as diagnosis sees it, which asks about requests that lack what is signed. */
export function receivedValue(rule: NamedSource, message: Message, values: ReceivedValues): string | Uint8Array {
  return rowOf(rule.source).received?.(rule.source, message, values) ?? partValue(rule, message, values);
}
