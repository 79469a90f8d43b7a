import { describe, expect, test } from 'vitest';
import { message } from '@countersign/core/message';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { catalog } from '../../src/diagnose/catalog.ts';
import { readEvidence, type Evidence } from '../../src/diagnose/reading/evidence.ts';
import { SearchBudget } from '../../src/diagnose/reading/search-budget.ts';
import type { DateFormat } from '../../src/canonical/timestamp.ts';

// Where only equal dates are looked for, most dates are not written. None that is equal may be lost by that.

/** The same instants as clients send them, in the format of a scheme or in another one. */
const sent: readonly [format: DateFormat, text: string][] = [
  ['rfc1123', 'Mon, 27 May 2024 09:08:07 GMT'],
  ['rfc1123', 'Monday, 27-May-24 09:08:07 GMT'],
  ['iso8601', '2024-05-27T09:08:07Z'],
  ['iso8601', '2024-05-27T09:08:07.123Z'],
  ['iso8601', '2024-05-27T09:08:07.1234567+00:00'],
  ['iso8601', '2024-05-27T09:08:07.5Z'],
  ['iso8601-basic', '20240527T090807Z'],
  ['epoch-seconds', '1716800887'],
  ['epoch-milliseconds', '1716800887123'],
  ['epoch', '1716800887'],
];

function evidenceOf(format: DateFormat, text: string): Evidence {
  const scheme = { ...sinchApplication, date: { ...sinchApplication.date!, format } };
  const request = message({
    method: 'POST',
    url: 'https://calling.api.sinch.com/calling/v1/callouts',
    headers: { 'x-timestamp': text, date: 'Mon, 27 May 2024 09:08:06 GMT', Authorization: 'application id:AAAA' },
    body: '{"at":1716800900,"then":"2024-05-27T09:10:00Z"}',
  });
  return readEvidence(scheme, { secret: 'AAAA' }, request, {}, new SearchBudget(0, {}));
}

describe.each(sent)('of a date in %s, sent as %s', (format, text) => {
  const evidence = evidenceOf(format, text);
  const slot = evidence.layout.find(({ source }) => source.from === 'date')!;

  test.each(catalog.filter(({ valuesLike }) => valuesLike).map((mistake) => [mistake.id, mistake] as const))(
    'every value that %s makes is among those like it',
    (_, mistake) => {
      const all = [...mistake.values!(slot, evidence)];
      // The foremost, and some of the further ones.
      const wanted = new Set(all.filter((_one, at) => at < 30 || at % 1999 === 0).map(({ value }) => value));
      for (const one of wanted) {
        const like = [...mistake.valuesLike!(String(one), slot, evidence)].filter(({ value }) => value === one);
        expect(like).toEqual(all.filter(({ value }) => value === one));
      }
    },
  );
});
