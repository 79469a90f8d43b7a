/**
 * `rfc1123`: `Mon, 27 May 2024 09:08:07 GMT`. `iso8601`: `2014-06-04T13:41:58.123Z`. `epoch-seconds`: `1717000000`.
 * `iso8601-basic`: `20140604T134158Z`. `epoch-milliseconds`: `1717000000000`. `epoch`: either of these two, told apart by their length; written in seconds.
 */
export type DateFormat = 'rfc1123' | 'iso8601' | 'iso8601-basic' | 'epoch-seconds' | 'epoch-milliseconds' | 'epoch';

/** How times of a format are read and written, both in milliseconds since the epoch. */
export interface TimestampFormat {
  /** `NaN` when the text is not strictly of the format. */
  readonly parse: (text: string) => number;
  readonly print: (epochMs: number) => string;
}

/** The formats that are loaded: each file of a kind enters its own, so that who signs carries those of his scheme. */
export const timestampFormats: Partial<Record<DateFormat, TimestampFormat>> = {};
