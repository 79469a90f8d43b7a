import { timestampFormats, type TimestampFormat } from './timestamp-formats.ts';

const seconds: TimestampFormat = {
  parse: (text) => (/^\d{1,12}$/.test(text) ? +text * 1000 : NaN),
  print: (epochMs) => `${Math.floor(epochMs / 1000)}`,
};

const milliseconds: TimestampFormat = {
  parse: (text) => (/^\d{1,15}$/.test(text) ? +text : NaN),
  print: (epochMs) => `${epochMs}`,
};

timestampFormats['epoch-seconds'] = seconds;
timestampFormats['epoch-milliseconds'] = milliseconds;
timestampFormats.epoch = {
  parse: (text) => (text.length > 12 ? milliseconds : seconds).parse(text),
  print: seconds.print,
};
