import { describe, expect, test } from 'vitest';
import { formatTimestamp, parseTimestamp } from '../../src/canonical/timestamp.ts';

describe('RFC 1123 (IMF-fixdate)', () => {
  // `date -u -d @<seconds>` of GNU coreutils.
  test.each([
    ['Mon, 27 May 2024 09:08:07 GMT', 1716800887],
    ['Wed, 01 Jan 2025 00:00:00 GMT', 1735689600],
    ['Thu, 29 Feb 2024 23:59:59 GMT', 1709251199],
    ['Mon, 03 Jun 2024 01:02:03 GMT', 1717376523],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
  ])('%s', (text, seconds) => {
    expect(parseTimestamp(text, 'rfc1123')).toBe(seconds * 1000);
    expect(formatTimestamp(seconds * 1000 + 999, 'rfc1123')).toBe(text);
  });

  test.each([
    ['a day without its leading zero', 'Mon, 3 Jun 2024 01:02:03 GMT'],
    ['the wrong weekday', 'Tue, 27 May 2024 09:08:07 GMT'],
    ['a day that does not exist', 'Mon, 31 Jun 2024 01:02:03 GMT'],
    ['29 February of a common year', 'Wed, 29 Feb 2023 00:00:00 GMT'],
    ['hour 24', 'Mon, 27 May 2024 24:00:00 GMT'],
    ['a leap second', 'Mon, 27 May 2024 09:08:60 GMT'],
    ['another zone', 'Mon, 27 May 2024 09:08:07 UTC'],
    ['an offset', 'Mon, 27 May 2024 09:08:07 +0000'],
    ['a two-digit year', 'Mon, 27 May 24 09:08:07 GMT'],
    ['names in lower case', 'mon, 27 may 2024 09:08:07 gmt'],
    ['names in another language', 'lun, 27 mai 2024 09:08:07 GMT'],
    ['RFC 850', 'Monday, 27-May-24 09:08:07 GMT'],
    ['asctime', 'Mon May 27 09:08:07 2024'],
    ['ISO 8601', '2024-05-27T09:08:07Z'],
    ['white space at the end', 'Mon, 27 May 2024 09:08:07 GMT '],
    ['what an invalid date prints', 'Invalid Date'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(parseTimestamp(text, 'rfc1123')).toBeUndefined();
  });

  test('is read alike, whatever was read before', () => {
    expect(parseTimestamp('Mon, 27 May 2024 09:08:07.500 GMT', 'rfc1123')).toBeUndefined();
    expect(parseTimestamp('Mon, 27 May 2024 09:08:07 GMT', 'rfc1123')).toBe(1716800887000);
    expect(parseTimestamp('Invalid Date', 'rfc1123')).toBeUndefined();
    expect(parseTimestamp('Invalid Date', 'rfc1123')).toBeUndefined();
    expect(parseTimestamp('Mon, 27 May 2024 09:08:07 GMT', 'rfc1123')).toBe(1716800887000);
  });
});

describe('ISO 8601', () => {
  test.each([
    ['2014-06-04T13:41:58Z', 1401889318000],
    ['2014-06-04T13:41:58.1Z', 1401889318100],
    ['2014-06-04T13:41:58.12Z', 1401889318120],
    ['2014-06-04T13:41:58.123Z', 1401889318123],
    ['2014-06-04T13:41:58.1239Z', 1401889318123],
    ['2014-06-04T13:41:58.12345Z', 1401889318123],
    ['2014-06-04T13:41:58.123456Z', 1401889318123],
    ['2014-06-02T15:39:31.2729234Z', 1401723571272],
    ['2014-06-04T13:41:58.12345678Z', 1401889318123],
    ['2014-06-04T13:41:58.123456789Z', 1401889318123],
    ['2014-06-04T13:41:58+00:00', 1401889318000],
    ['2014-06-04T13:41:58.000001+00:00', 1401889318000],
    ['0099-01-01T00:00:00Z', -59042995200000],
  ])('%s', (text, epochMs) => {
    expect(parseTimestamp(text, 'iso8601')).toBe(epochMs);
  });

  test.each([
    ['ten fraction digits', '2014-06-04T13:41:58.1234567890Z'],
    ['a point without digits', '2014-06-04T13:41:58.Z'],
    ['no zone', '2014-06-04T13:41:58'],
    ['another offset', '2014-06-04T13:41:58+02:00'],
    ['the offset -00:00', '2014-06-04T13:41:58-00:00'],
    ['an offset without a colon', '2014-06-04T13:41:58+0000'],
    ['a space for the T', '2014-06-04 13:41:58Z'],
    ['lower-case letters', '2014-06-04t13:41:58z'],
    ['a day that does not exist', '2014-06-31T13:41:58Z'],
    ['month 13', '2014-13-04T13:41:58Z'],
    ['hour 24', '2014-06-04T24:00:00Z'],
    ['the date alone', '2014-06-04'],
    ['a year of six digits', '+010000-01-01T00:00:00Z'],
    ['a year of six digits, without seconds', '+010000-01-01T00:00Z'],
    ['RFC 1123', 'Wed, 04 Jun 2014 13:41:58 GMT'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(parseTimestamp(text, 'iso8601')).toBeUndefined();
  });

  test('is read with its fraction, whatever was read before', () => {
    expect(parseTimestamp('2014-06-04T13:41:58.25Z', 'iso8601')).toBe(1401889318250);
    expect(parseTimestamp('2014-06-04T13:41:58+00:00', 'iso8601')).toBe(1401889318000);
    expect(parseTimestamp('2014-06-31T13:41:58Z', 'iso8601')).toBeUndefined();
    expect(parseTimestamp('', 'iso8601')).toBeUndefined();
    expect(parseTimestamp('2014-06-04T13:41:58.999999999Z', 'iso8601')).toBe(1401889318999);
  });

  test('is written with milliseconds, whatever was written before', () => {
    expect(formatTimestamp(1401889318007, 'iso8601')).toBe('2014-06-04T13:41:58.007Z');
    expect(formatTimestamp(1401889318999, 'iso8601')).toBe('2014-06-04T13:41:58.999Z');
    expect(formatTimestamp(1401889319000, 'iso8601')).toBe('2014-06-04T13:41:59.000Z');
    expect(formatTimestamp(-1, 'iso8601')).toBe('1969-12-31T23:59:59.999Z');
    expect(formatTimestamp(1401889318007, 'rfc1123')).toBe('Wed, 04 Jun 2014 13:41:58 GMT');
  });
});

describe('epoch seconds', () => {
  test('are digits and nothing else', () => {
    expect(parseTimestamp('1634579353', 'epoch-seconds')).toBe(1634579353000);
    expect(formatTimestamp(1634579353999, 'epoch-seconds')).toBe('1634579353');
    for (const text of ['', '-1', '1.5', '1e9', ' 1', '0x10', '1634579353000']) {
      expect(parseTimestamp(text, 'epoch-seconds')).toBeUndefined();
    }
  });
});
