import { headerValue, type Message } from '../message.ts';
import { writers } from '../places/writers.ts';
import type { CanonicalPathSource } from './canonical-uri.ts';
import type { ListedHeadersSource } from './listed-headers.ts';
import { sourceFrom } from './source-from.ts';

// What signing writes of the key's scope and of the list of headers.

const { fields: otherFields } = writers;

writers.fields = (scheme) => {
  const path = sourceFrom<CanonicalPathSource>(scheme.parts, 'canonical-path');
  const listed = sourceFrom<ListedHeadersSource>(scheme.parts, 'listed-headers');
  if (!path || !listed) return otherFields(scheme);
  return (message, _mac, values) => {
    const named = scopeOfHost(headerValue(message.headers, 'host') ?? '');
    const {
      region = named?.region ?? path.region,
      service = named?.service ?? path.service,
      ...given
    } = values.fields ?? {};
    const fields = {
      [path.field]: [values.date.slice(0, 8), region, service, path.end].join('/'),
      [listed.field]: namesToSign(message, listed).join(';'),
      ...given,
    };
    return { ...values, fields };
  };
};

/** Region and service as hosts name them: `connect.eu-west-1.amazonaws.com`, `….lambda-url.eu-west-1.on.aws`. */
function scopeOfHost(host: string): { readonly region: string; readonly service: string } | undefined {
  const [, service = '', region = ''] =
    /(?:^|\.)([a-z0-9-]+)\.([a-z]{2,3}(?:-[a-z]+)+-\d)\.(?:amazonaws\.com|on\.aws)/.exec(host) ?? [];
  return region === '' ? undefined : { region, service: service === 'lambda-url' ? 'lambda' : service };
}

/** What proxies and clients write anew on the way. */
const unsigned = [
  'authorization',
  'connection',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'x-amzn-trace-id',
];

function namesToSign({ headers }: Message, { required }: ListedHeadersSource): string[] {
  const sent = headers.map(([name]) => name.toLowerCase()).filter((name) => !unsigned.includes(name));
  return [...new Set([...sent, ...required])].toSorted();
}
