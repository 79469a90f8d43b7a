/** What a developer can set about the Sinch provider. */
export interface SinchOptions {
  /** `refused`: requests must be signed, as production should demand it. Defaults to `accepted`. */
  readonly basicAuthentication?: 'accepted' | 'refused';
  /** How far `x-timestamp` may be from the wall clock, in seconds. Sinch publishes no figure; 300 is assumed. */
  readonly toleranceSeconds?: number;
  /** How long a callback URL has to answer, in milliseconds. Sinch publishes no figure for v1; 5000 is v2's. */
  readonly callbackTimeoutMs?: number;
  /** How long a party may ring when the request does not say it, in milliseconds. Assumed. */
  readonly ringTimeoutMs?: number;
  /** Where the files are served that would be uploaded to Sinch: prompts name them without an address. */
  readonly uploadsUrl?: string;
  /** Where recordings go in place of the bucket or container that the SVAML names; served here in any case. */
  readonly recordings?: RecordingPlaces;
}

/** Where the files of recordings go; with both set, to both. */
export interface RecordingPlaces {
  /** A folder. It is made when it is not there. */
  readonly folder?: string;
  /** An http or https URL that takes each file as the body of a POST. */
  readonly postUrl?: string;
}

/** The options with their defaults. */
export interface SinchSettings {
  readonly basicAuthentication: 'accepted' | 'refused';
  readonly toleranceSeconds: number;
  readonly callbackTimeoutMs: number;
  readonly ringTimeoutMs: number;
  /** Ends in a slash. */
  readonly uploadsUrl: string | undefined;
  readonly recordings: RecordingPlaces;
}

/** Fills the defaults in. */
export function sinchSettings(options: SinchOptions = {}): SinchSettings {
  return {
    basicAuthentication: options.basicAuthentication ?? 'accepted',
    toleranceSeconds: options.toleranceSeconds ?? 300,
    callbackTimeoutMs: options.callbackTimeoutMs ?? 5_000,
    ringTimeoutMs: options.ringTimeoutMs ?? 60_000,
    uploadsUrl: options.uploadsUrl?.replace(/\/?$/, '/'),
    recordings: options.recordings ?? {},
  };
}
