import { formatTimestamp, type DateFormat } from '../../canonical/timestamp.ts';

/** Writes instants as the sent date is written: with its fraction digits and its zone. */
export function dateWriter(sent: string, format: DateFormat): (epochMs: number) => string {
  const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.(\d+))?(Z|\+00:00|)$/.exec(sent);
  if (iso) {
    const [, fraction = '', zone = 'Z'] = iso;
    return (epochMs) => {
      const text = new Date(epochMs).toISOString();
      const digits = fraction === '' ? '' : `.${text.slice(20, 23).slice(0, fraction.length)}${fraction.slice(3)}`;
      return text.slice(0, 19) + digits + zone;
    };
  }
  if (/^\d{13}$/.test(sent)) return (epochMs) => String(epochMs);
  if (/^\d{9,11}$/.test(sent)) return (epochMs) => String(Math.floor(epochMs / 1000));
  return (epochMs) => formatTimestamp(epochMs, format);
}
