import { targetFixes } from '../fixes/target.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';
import { splitTarget, targetValue } from '../text/target-text.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Slot } from '../reading/layout.ts';

interface Absolute {
  readonly kind: keyof typeof forms;
}

const forms = {
  URL: 'the whole URL',
  'host and path': 'host and path',
  'URL without scheme': 'the whole URL without its scheme',
  'URL with doubled slash': 'the whole URL with a doubled slash',
  'rest of URL': 'what is left of the URL after cutting the wrong scheme off',
} as const;

/** The whole URL was signed where its path belongs. */
export const urlAbsolute: MistakeClass<Absolute> = {
  id: 'url/absolute',
  rank: 130,
  needs: 'target',
  values: (slot, evidence) => absoluteForms(slot, evidence),
  say: ({ kind }, { yours, expected }) =>
    `You signed ${brief(yours)} (${forms[kind]}); only ${brief(expected)} is signed.`,
  fixes: ({ scheme }) => targetFixes(scheme),
};

function* absoluteForms(
  slot: Slot,
  { host, options, message, credential, forwarded }: Evidence,
): Generator<ValueMove<Absolute>> {
  const value = targetValue(slot);
  if (value === undefined || !value.startsWith('/')) return;
  const { path } = splitTarget(value);
  const { query } = splitTarget(message.target);
  const tails = new Set([value, path, query === undefined ? path : `${path}?${query}`]);
  const hosts = new Set([
    host,
    host?.toLowerCase(),
    host?.replace(/:\d+$/, ''),
    host && `${host.replace(/:\d+$/, '')}:443`,
    ...(options.publicHosts ?? []),
    credential.endpointHost,
    ...forwarded.hosts.map(({ text }) => text),
  ]);
  for (const authority of hosts) {
    if (authority === undefined || authority === '') continue;
    const own = authority === host ? 1 : 2;
    for (const tail of tails) {
      const cost = own + (tail === value ? 0 : 1);
      for (const scheme of ['https://', 'http://'])
        yield { detail: { kind: 'URL' }, cost, value: scheme + authority + tail };
      yield { detail: { kind: 'host and path' }, cost, value: authority + tail };
      yield { detail: { kind: 'URL without scheme' }, cost, value: `//${authority}${tail}` };
      // What an endpoint that ends in a slash leaves behind, joined to a path that begins with one.
      for (const scheme of ['https://', 'http://'])
        yield {
          detail: { kind: 'URL with doubled slash' },
          cost: cost + 1,
          value: `${scheme}${authority}/${tail}`,
        };
      for (const scheme of ['wss://', 'ws://', 'HTTPS://'])
        yield { detail: { kind: 'URL' }, cost: cost + 2, value: scheme + authority + tail };
      yield {
        detail: { kind: 'rest of URL' },
        cost: cost + 1,
        value: `:${`//${authority}`}${tail}`,
      };
    }
  }
}
