/** A request that another section hands to the playground. It stays in memory: an address would keep it in the history. */
export interface HandedRequest {
  readonly text: string;
  /** The scheme's id. */
  readonly scheme?: string;
  /** Only ever a development account's secret, which is public. */
  readonly secret?: string;
  readonly keyId?: string;
  /** The time to judge by, in ISO 8601. */
  readonly now?: string;
}

let handed: HandedRequest | undefined;

/** Leaves a request for the playground, which takes it the next time that it opens. */
export function handOver(request: HandedRequest): void {
  handed = request;
}

/** What was left for the playground, once. */
export function takeHanded(): HandedRequest | undefined {
  const taken = handed;
  handed = undefined;
  return taken;
}
