// What the rows about the server send to it, and how they wait for what follows.

const version = 'api-version=2024-04-15';

/** A request that creates a call which the called party answers after a second. */
export function createCall(callbackUri) {
  return {
    method: 'POST',
    path: `/calling/callConnections?${version}`,
    body: JSON.stringify({
      targets: [{ kind: 'phoneNumber', phoneNumber: { value: '+12065550180' } }],
      sourceCallerIdNumber: { value: '+12065550100' },
      callbackUri,
      callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://contoso.cognitiveservices.azure.com/' },
    }),
  };
}

/** A request that says something in a call. */
export function play(callConnectionId, text) {
  return {
    method: 'POST',
    path: `/calling/callConnections/${callConnectionId}:play?${version}`,
    body: JSON.stringify({ playSources: [{ kind: 'text', text: { text, voiceName: 'en-US-JennyNeural' } }] }),
  };
}

/** A request that ends a call. */
export function hangUp(callConnectionId) {
  return { method: 'DELETE', path: `/calling/callConnections/${callConnectionId}?${version}` };
}

/** The id of the call that an answer to {@link createCall} speaks of. */
export const createdCall = (body) => JSON.parse(body).callConnectionId;

/**
 * Waits until the receiver has taken so many events.
 *
 * @returns {Promise<number>} when the last one came, in milliseconds since the epoch
 */
export async function eventsTaken(receiver, wanted, { patienceMs = 30_000 } = {}) {
  let progress = { taken: -1, atMs: 0 };
  for (;;) {
    const { taken, lastAtMs } = await receiver.ask('count');
    if (taken >= wanted) return lastAtMs;
    if (taken > progress.taken) progress = { taken, atMs: Date.now() };
    if (Date.now() - progress.atMs > patienceMs)
      throw new Error(`${taken} of ${wanted} events came, and no more follow`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
