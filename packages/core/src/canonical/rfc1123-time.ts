import { secondText } from './second-text.ts';
import { timestampFormats } from './timestamp-formats.ts';

const { print, parse } = secondText((date) => date.toUTCString());

/** IMF-fixdate of RFC 9110 §5.6.7, in whole seconds. */
timestampFormats.rfc1123 = {
  parse: (text) => parse(text) * 1000,
  print: (epochMs) => print(Math.floor(epochMs / 1000)),
};
