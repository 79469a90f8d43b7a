import { secondText } from './second-text.ts';
import { timestampFormats } from './timestamp-formats.ts';

const printed = secondText((date) => date.toUTCString());

/** IMF-fixdate of RFC 9110 §5.6.7, in whole seconds. */
timestampFormats.rfc1123 = {
  parse(text) {
    const epochMs = Date.parse(text);
    // Engines read much that is not of the format, so only what prints in the same way is taken.
    return !Number.isNaN(epochMs) && text === printed(epochMs / 1000) ? epochMs : undefined;
  },
  print: (epochMs) => printed(Math.floor(epochMs / 1000)),
};
