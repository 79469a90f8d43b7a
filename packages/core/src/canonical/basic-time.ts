import { timestampFormats } from './timestamp-formats.ts';

/** ISO 8601 in its basic form, in UTC and whole seconds: `20150830T123600Z`. */
timestampFormats['iso8601-basic'] = {
  parse(text) {
    const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
    if (!match) return NaN;
    const [, year, month, day, hour, minute, second] = match;
    const extended = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
    const epochMs = Date.parse(`${extended}Z`);
    // Engines read days that there are not, so only what prints in the same way is taken.
    const isReal = !Number.isNaN(epochMs) && new Date(epochMs).toISOString().startsWith(extended);
    return isReal ? epochMs : NaN;
  },
  print: (epochMs) => new Date(epochMs).toISOString().replace(/\.\d+|[-:]/g, ''),
};
