import { parseTimestamp, type DateFormat } from '../../canonical/timestamp.ts';

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const two = (value: number): string => String(value).padStart(2, '0');

/** Abbreviated weekdays (from Sunday) and months as localized formatters write them. */
const localized: readonly { readonly language: string; readonly days: string; readonly months: string }[] = [
  { language: 'German', days: 'So,Mo,Di,Mi,Do,Fr,Sa', months: 'Jan,Feb,Mär,Apr,Mai,Jun,Jul,Aug,Sep,Okt,Nov,Dez' },
  {
    language: 'German',
    days: 'So.,Mo.,Di.,Mi.,Do.,Fr.,Sa.',
    months: 'Jan.,Feb.,März,Apr.,Mai,Juni,Juli,Aug.,Sept.,Okt.,Nov.,Dez.',
  },
  {
    language: 'French',
    days: 'dim.,lun.,mar.,mer.,jeu.,ven.,sam.',
    months: 'janv.,févr.,mars,avr.,mai,juin,juil.,août,sept.,oct.,nov.,déc.',
  },
  {
    language: 'French',
    days: 'dim,lun,mar,mer,jeu,ven,sam',
    months: 'janv,févr,mars,avr,mai,juin,juil,août,sept,oct,nov,déc',
  },
  {
    language: 'Spanish',
    days: 'dom,lun,mar,mié,jue,vie,sáb',
    months: 'ene,feb,mar,abr,may,jun,jul,ago,sep,oct,nov,dic',
  },
  {
    language: 'Spanish',
    days: 'dom.,lun.,mar.,mié.,jue.,vie.,sáb.',
    months: 'ene.,feb.,mar.,abr.,may.,jun.,jul.,ago.,sept.,oct.,nov.,dic.',
  },
  {
    language: 'Italian',
    days: 'dom,lun,mar,mer,gio,ven,sab',
    months: 'gen,feb,mar,apr,mag,giu,lug,ago,set,ott,nov,dic',
  },
  {
    language: 'Portuguese',
    days: 'dom,seg,ter,qua,qui,sex,sáb',
    months: 'jan,fev,mar,abr,mai,jun,jul,ago,set,out,nov,dez',
  },
  { language: 'Dutch', days: 'zo,ma,di,wo,do,vr,za', months: 'jan,feb,mrt,apr,mei,jun,jul,aug,sep,okt,nov,dec' },
  {
    language: 'Swedish',
    days: 'sön,mån,tis,ons,tors,fre,lör',
    months: 'jan,feb,mars,apr,maj,juni,juli,aug,sep,okt,nov,dec',
  },
  {
    language: 'Norwegian',
    days: 'søn.,man.,tir.,ons.,tor.,fre.,lør.',
    months: 'jan.,feb.,mars,apr.,mai,juni,juli,aug.,sep.,okt.,nov.,des.',
  },
  {
    language: 'Danish',
    days: 'søn.,man.,tirs.,ons.,tors.,fre.,lør.',
    months: 'jan.,feb.,mar.,apr.,maj,jun.,jul.,aug.,sep.,okt.,nov.,dec.',
  },
  {
    language: 'Polish',
    days: 'niedz.,pon.,wt.,śr.,czw.,pt.,sob.',
    months: 'sty,lut,mar,kwi,maj,cze,lip,sie,wrz,paź,lis,gru',
  },
  { language: 'Russian', days: 'вс,пн,вт,ср,чт,пт,сб', months: 'янв,фев,мар,апр,мая,июн,июл,авг,сен,окт,ноя,дек' },
  {
    language: 'Turkish',
    days: 'Paz,Pzt,Sal,Çar,Per,Cum,Cmt',
    months: 'Oca,Şub,Mar,Nis,May,Haz,Tem,Ağu,Eyl,Eki,Kas,Ara',
  },
];

/** The instant that any usual spelling of a date stands for, in milliseconds; `undefined` when it is none. */
export function parseLoosely(text: string): number | undefined {
  for (const format of ['rfc1123', 'iso8601'] as const) {
    const strict = parseTimestamp(text, format);
    if (strict !== undefined) return valid(strict);
  }
  const trimmed = text.trim();
  if (/^\d{9,11}(?:\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1000;
  if (/^\d{12,14}$/.test(trimmed)) return Number(trimmed);
  if (/^\d{15,17}$/.test(trimmed)) return Number(trimmed) / 1000;
  if (/^\d{18,19}$/.test(trimmed)) return Number(trimmed) / 1e6;
  const basic = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(?:\.\d+)?Z?$/.exec(trimmed);
  if (basic)
    return valid(
      Date.UTC(
        Number(basic[1]),
        Number(basic[2]) - 1,
        Number(basic[3]),
        Number(basic[4]),
        Number(basic[5]),
        Number(basic[6]),
      ),
    );
  const loose =
    /^(\d{4})[-/.](\d{2})[-/.](\d{2})[T ]+(\d{2})[:.](\d{2})[:.](\d{2})(?:[.,](\d+))?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/.exec(
      trimmed,
    );
  if (loose) {
    const [, year, month, day, hours, minutes, seconds, fraction = '', zone = 'Z'] = loose;
    const offset = /^[+-]/.test(zone) ? zone.replace(/^(...)(\d\d)$/, '$1:$2') : 'Z';
    return valid(
      Date.parse(
        `${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`,
      ),
    );
  }
  return (
    parseNamedMonth(trimmed) ??
    valid(Date.parse(/[zZ]$|GMT|UTC|[+-]\d{2}:?\d{2}/.test(trimmed) ? trimmed : `${trimmed} UTC`))
  );
}

/** The instant of a text that is of a format, or else of any usual spelling. */
export function instantOf(text: string, format: DateFormat): number | undefined {
  return parseTimestamp(text, format) ?? parseLoosely(text);
}

/** `27 Mai 2024 09:08:07` in any of the languages, with whatever stands around it. */
function parseNamedMonth(text: string): number | undefined {
  const match = /(\d{1,2})[\s.-]+(\p{L}+)\.?[\s.-]+(\d{4}|\d{2})\s+(\d{1,2})[:.](\d{2})[:.](\d{2})/u.exec(text);
  if (!match) return undefined;
  const [, day, name = '', year = '', hours, minutes, seconds] = match;
  const wanted = name.toLowerCase();
  const english = months.findIndex((month) => month.slice(0, 3).toLowerCase() === wanted.slice(0, 3));
  const foreign = localized
    .map(({ months: names }) => names.split(',').findIndex((month) => month.replace('.', '').toLowerCase() === wanted))
    .find((index) => index >= 0);
  const month = english >= 0 ? english : foreign;
  if (month === undefined) return undefined;
  const fullYear = year.length === 2 ? 2000 + Number(year) : Number(year);
  const zone = /([+-])(\d{2}):?(\d{2})\s*$/.exec(text);
  const offsetMs = zone ? (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) * 60_000 : 0;
  return valid(Date.UTC(fullYear, month, Number(day), Number(hours), Number(minutes), Number(seconds)) - offsetMs);
}

function valid(epochMs: number): number | undefined {
  // Beside the last instants that there are, no other can be named.
  return Math.abs(epochMs) <= 8e15 ? epochMs : undefined;
}

/** An instant in the formats that libraries print by default and people send by mistake. */
export function dateSpellings(
  epochMs: number,
): { readonly label: string; readonly text: string; readonly cost: number }[] {
  const date = new Date(epochMs);
  if (Number.isNaN(epochMs) || Math.abs(epochMs) > 8e15) return [];
  const day = date.getUTCDate();
  const weekday = weekdays[date.getUTCDay()] ?? '';
  const month = months[date.getUTCMonth()] ?? '';
  const year = date.getUTCFullYear();
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  const iso = date.toISOString();
  const seconds = iso.slice(0, 19);
  const ms = iso.slice(20, 23);
  const ymd = iso.slice(0, 10);
  const [wd, mon] = [weekday.slice(0, 3), month.slice(0, 3)];
  const spellings: [label: string, text: string, cost: number][] = [
    ['as RFC 1123', date.toUTCString(), 1],
    ['as ISO 8601 with milliseconds', iso, 1],
    ['as ISO 8601 in whole seconds', `${seconds}Z`, 1],
    ['as ISO 8601 without a zone', seconds, 1],
    ['as ISO 8601 without a zone, with milliseconds', `${seconds}.${ms}`, 1],
    ['as ISO 8601 with +00:00', `${seconds}+00:00`, 1],
    ['as ISO 8601 with milliseconds and +00:00', `${seconds}.${ms}+00:00`, 1],
    ['as ISO 8601 with microseconds', `${seconds}.${ms}000Z`, 1],
    ['as ISO 8601 with microseconds and +00:00', `${seconds}.${ms}000+00:00`, 1],
    ['as ISO 8601 with seven fraction digits', `${seconds}.${ms}0000Z`, 1],
    ['as ISO 8601 with seven zero digits', `${seconds}.0000000Z`, 2],
    ['as ISO 8601 with .000Z', `${seconds}.000Z`, 1],
    ['as ISO 8601 with +0000', `${seconds}+0000`, 2],
    ['as ISO 8601 without separators', `${seconds.replace(/[-:]/g, '')}Z`, 2],
    ['as ISO 8601 with a space', `${ymd} ${time}`, 1],
    ['as ISO 8601 with a space and Z', `${ymd} ${time}Z`, 1],
    ['as Python’s str(datetime)', `${ymd} ${time}+00:00`, 2],
    ['as Python’s str(datetime) with microseconds', `${ymd} ${time}.${ms}000+00:00`, 2],
    ['as Python’s str(datetime) with microseconds and no zone', `${ymd} ${time}.${ms}000`, 2],
    ['as ISO 8601 with a space and UTC', `${ymd} ${time} UTC`, 2],
    ['as a date alone', ymd, 2],
    ['as RFC 1123 with +0000', `${wd}, ${two(day)} ${mon} ${year} ${time} +0000`, 1],
    ['as RFC 1123 with UTC', `${wd}, ${two(day)} ${mon} ${year} ${time} UTC`, 1],
    ['as RFC 1123 with Z', `${wd}, ${two(day)} ${mon} ${year} ${time} Z`, 2],
    ['as RFC 1123 with -0000', `${wd}, ${two(day)} ${mon} ${year} ${time} -0000`, 2],
    ['as RFC 1123 without a zone', `${wd}, ${two(day)} ${mon} ${year} ${time}`, 1],
    ['as RFC 1123 with a one-digit day', `${wd}, ${day} ${mon} ${year} ${time} GMT`, 1],
    ['as RFC 1123 with a space before the day', `${wd}, ${String(day).padStart(2)} ${mon} ${year} ${time} GMT`, 2],
    ['as RFC 1123 with a two-digit year', `${wd}, ${two(day)} ${mon} ${String(year).slice(2)} ${time} GMT`, 1],
    ['as RFC 1123 without the weekday', `${two(day)} ${mon} ${year} ${time} GMT`, 1],
    ['as RFC 1123 without a comma', `${wd} ${two(day)} ${mon} ${year} ${time} GMT`, 2],
    ['as RFC 1123 with full names', `${weekday}, ${two(day)} ${month} ${year} ${time} GMT`, 1],
    ['as RFC 1123 with the full month', `${wd}, ${two(day)} ${month} ${year} ${time} GMT`, 2],
    ['as RFC 1123 with the full weekday', `${weekday}, ${two(day)} ${mon} ${year} ${time} GMT`, 2],
    ['as RFC 1123 with dots in the time', `${wd}, ${two(day)} ${mon} ${year} ${time.replaceAll(':', '.')} GMT`, 2],
    ['as RFC 1123 in lower case', date.toUTCString().toLowerCase(), 1],
    ['as RFC 1123 in upper case', date.toUTCString().toUpperCase(), 2],
    ['as RFC 1123 with hyphens', `${wd}, ${two(day)}-${mon}-${year} ${time} GMT`, 2],
    ['as RFC 850', `${weekday}, ${two(day)}-${mon}-${String(year).slice(2)} ${time} GMT`, 1],
    ['as RFC 850 with UTC', `${weekday}, ${two(day)}-${mon}-${String(year).slice(2)} ${time} UTC`, 2],
    ['as RFC 850 with a full year', `${weekday}, ${two(day)}-${mon}-${year} ${time} GMT`, 2],
    ['as PHP’s DATE_COOKIE', `${weekday}, ${two(day)}-${mon}-${year} ${time} UTC`, 2],
    ['as asctime', `${wd} ${mon} ${String(day).padStart(2)} ${time} ${year}`, 1],
    ['as Java’s Date.toString()', `${wd} ${mon} ${two(day)} ${time} GMT ${year}`, 1],
    ['as Java’s Date.toString()', `${wd} ${mon} ${two(day)} ${time} UTC ${year}`, 1],
    ['as Ruby’s Time#to_s', `${ymd} ${time} +0000`, 2],
    ['as Go’s Time.String()', `${ymd} ${time} +0000 UTC`, 2],
    [
      'as JavaScript’s Date.toString()',
      `${wd} ${mon} ${two(day)} ${year} ${time} GMT+0000 (Coordinated Universal Time)`,
      1,
    ],
    ['as JavaScript’s Date.toString()', `${wd} ${mon} ${two(day)} ${year} ${time} GMT+0000 (Greenwich Mean Time)`, 2],
    ['as JavaScript’s Date.toString() without its zone’s name', `${wd} ${mon} ${two(day)} ${year} ${time} GMT+0000`, 2],
    ['as JSON, in quotes', `"${iso}"`, 2],
    ['as a US date', `${date.getUTCMonth() + 1}/${day}/${year} ${hour12(date)}`, 2],
    ['as a US date', `${date.getUTCMonth() + 1}/${day}/${year}, ${hour12(date)}`, 2],
    ['as a US date with two digits each', `${two(date.getUTCMonth() + 1)}/${two(day)}/${year} ${time}`, 2],
    ['as a European date', `${two(day)}/${two(date.getUTCMonth() + 1)}/${year} ${time}`, 2],
    ['as a European date', `${two(day)}.${two(date.getUTCMonth() + 1)}.${year} ${time}`, 2],
  ];
  for (const { language, days, months: names } of localized) {
    const [d, m] = [days.split(',')[date.getUTCDay()] ?? '', names.split(',')[date.getUTCMonth()] ?? ''];
    for (const zone of [' GMT', ' UTC', ''])
      spellings.push([`with ${language} names`, `${d}, ${two(day)} ${m} ${year} ${time}${zone}`, 2]);
    spellings.push([`with ${language} names`, `${d} ${two(day)} ${m} ${year} ${time} GMT`, 3]);
    spellings.push([`with a ${language} month`, `${wd}, ${two(day)} ${m} ${year} ${time} GMT`, 3]);
  }
  return spellings.map(([label, text, cost]) => ({ label, text, cost }));
}

function hour12(date: Date): string {
  const hours = date.getUTCHours();
  return `${hours % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} ${hours < 12 ? 'AM' : 'PM'}`;
}

/** Signed units since the epoch: the unit's name and the number as text. */
export function epochSpellings(epochMs: number): { readonly label: string; readonly text: string }[] {
  const seconds = Math.floor(epochMs / 1000);
  return [
    { label: 'seconds since the epoch', text: String(seconds) },
    { label: 'milliseconds since the epoch', text: String(Math.trunc(epochMs)) },
    { label: 'milliseconds since the epoch, in whole seconds', text: `${seconds}000` },
    { label: 'microseconds since the epoch', text: `${Math.trunc(epochMs)}000` },
    { label: 'nanoseconds since the epoch', text: `${Math.trunc(epochMs)}000000` },
    { label: 'seconds since the epoch with a fraction', text: (epochMs / 1000).toFixed(3) },
    { label: 'seconds since the epoch as a float', text: `${seconds}.0` },
    { label: 'minutes since the epoch', text: String(Math.floor(seconds / 60)) },
    { label: '.NET ticks', text: String(BigInt(Math.trunc(epochMs)) * 10_000n + 621_355_968_000_000_000n) },
  ];
}
