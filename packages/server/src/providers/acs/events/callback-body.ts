/** What a callback of ACS says: an array with one event in it. */
export type AcsCallbackBody = readonly [AcsCloudEvent] | readonly [AcsEventGridEvent];

/** An event of Call Automation: a CloudEvent 1.0. */
export interface AcsCloudEvent {
  readonly id: string;
  readonly source: string;
  /** `Microsoft.Communication.CallConnected`, … */
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly specversion: '1.0';
  readonly datacontenttype: 'application/json';
  readonly data: Readonly<Record<string, unknown>>;
}

/** An event of Event Grid, in its own schema. */
export interface AcsEventGridEvent {
  readonly id: string;
  readonly topic: string;
  readonly subject: string;
  /** `Microsoft.Communication.IncomingCall`, … */
  readonly eventType: string;
  readonly eventTime: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly dataVersion: string;
  readonly metadataVersion: string;
}
