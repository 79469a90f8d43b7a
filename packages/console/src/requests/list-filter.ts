import { mistakeTitles } from '@countersign/core/mistake-titles';
import type { ExchangeSummary } from '@countersign/server/control/views/exchange-view';
import { otherPartyOf } from '../format/party.ts';
import { calls } from '../live/live-state.ts';

/** What the list of requests is narrowed to. Empty texts narrow nothing. */
export interface ListFilter {
  /** Words that all have to be in what a row stands for. */
  readonly words: string;
  readonly onlyRefused: boolean;
  /** A provider's name in data. */
  readonly provider: string;
  /** A mistake's id, or the code of a refusal without a diagnosis. */
  readonly mistake: string;
}

/** The list as it is. */
export const noFilter: ListFilter = { words: '', onlyRefused: false, provider: '', mistake: '' };

/** Why a request was refused: the mistakes that were found, else the verifier's code; none for one that was not refused. */
export function reasonsOf({ authentication }: ExchangeSummary): readonly string[] {
  if (authentication?.outcome !== 'refused') return [];
  const { mistakes, code = 'unknown' } = authentication;
  return mistakes.length > 0 ? mistakes : [code];
}

const titles: Readonly<Record<string, string>> = mistakeTitles;

/** A reason for people: the mistake's title, or the verifier's code as it is. */
export function reasonTitle(reason: string): string {
  return (Object.hasOwn(titles, reason) ? titles[reason] : undefined) ?? reason;
}

/** Those that fit the filter. */
export function matching(items: readonly ExchangeSummary[], filter: ListFilter): readonly ExchangeSummary[] {
  if (filter === noFilter) return items;
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((exchange) => {
    const { authentication, method, target, status, provider, call, id } = exchange;
    if (filter.onlyRefused && authentication?.outcome !== 'refused') return false;
    if (filter.provider !== '' && provider !== filter.provider) return false;
    if (filter.mistake !== '' && !reasonsOf(exchange).includes(filter.mistake)) return false;
    if (words.length === 0) return true;
    const { code = '', mistakes = [] } = authentication ?? {};
    const known = call === undefined ? undefined : calls.get(call);
    const party = known && otherPartyOf(known);
    const text = [id, method, target, status, provider, call, party, code, ...mistakes, ...mistakes.map(reasonTitle)]
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
