import { resolve } from 'node:path';
import { choice, integer, object, optional, string, type Static } from '../../../json-schema/schema.ts';

const closed = { additionalProperties: false } as const;
const positive = integer({ minimum: 1 });

const recordingPlaces = object(
  {
    folder: optional(string({ minLength: 1, description: 'A folder for the files, relative to this one.' })),
    postUrl: optional(string({ pattern: '^https?://', description: 'Takes each file as the body of a POST.' })),
  },
  { ...closed, description: 'Where recordings go in place of the bucket or container that the SVAML names.' },
);

/** What the configuration can choose about the Sinch provider. */
export const sinchOptions = object(
  {
    basicAuthentication: optional(choice(['accepted', 'refused'])),
    toleranceSeconds: optional(positive),
    callbackTimeoutMs: optional(positive),
    ringTimeoutMs: optional(positive),
    uploadsUrl: optional(
      string({
        pattern: '^https?://',
        description:
          'Where the files are served that would be uploaded to Sinch: prompts name them without an address.',
      }),
    ),
    recordings: optional(recordingPlaces),
  },
  { ...closed, description: 'Choices about the Sinch provider.' },
);

export type SinchOptions = Static<typeof sinchOptions>;

/** Where the files of recordings go, a folder and an http or https URL; with both set, to both. */
export type RecordingPlaces = Static<typeof recordingPlaces>;

/** The options with their defaults. Sinch publishes no figures; those of the callbacks are version 2's. */
export interface SinchSettings {
  /** `refused`: requests must be signed, as production should demand it. */
  readonly basicAuthentication: 'accepted' | 'refused';
  /** How far `x-timestamp` may be from the wall clock, in seconds. */
  readonly toleranceSeconds: number;
  /** How long a callback URL has to answer, in milliseconds. */
  readonly callbackTimeoutMs: number;
  /** How long a party may ring when the request does not say it, in milliseconds. */
  readonly ringTimeoutMs: number;
  /** Ends in a slash. */
  readonly uploadsUrl: string | undefined;
  readonly recordings: RecordingPlaces;
}

/**
 * Fills the defaults in.
 *
 * @param directory what the folder of recordings is relative to
 */
export function sinchSettings(options: SinchOptions = {}, directory = '.'): SinchSettings {
  const { recordings = {} } = options;
  const { folder } = recordings;
  return {
    basicAuthentication: options.basicAuthentication ?? 'accepted',
    toleranceSeconds: options.toleranceSeconds ?? 300,
    callbackTimeoutMs: options.callbackTimeoutMs ?? 5_000,
    ringTimeoutMs: options.ringTimeoutMs ?? 60_000,
    uploadsUrl: options.uploadsUrl?.replace(/\/?$/, '/'),
    recordings: folder === undefined ? recordings : { ...recordings, folder: resolve(directory, folder) },
  };
}
