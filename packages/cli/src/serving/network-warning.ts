import type { RunningServer } from '@countersign/server';

/** What a server opens that is bound to more than loopback, a line each; empty when only this machine reaches it. */
export function networkWarning({ network, environment }: Pick<RunningServer, 'network' | 'environment'>): string[] {
  if (!network) return [];
  const { boundTo, urls } = network;
  const where = urls.length === 0 ? '' : `, at ${urls.join(', ')}`;
  const hasPublicKey = Object.keys(environment).length > 0;
  return [
    `bound to ${boundTo}, the server is open to everyone on the network${where}`,
    ...(hasPublicKey
      ? ['its development key is public: whoever reaches it can place calls and have this machine send requests']
      : []),
    'the console and the control API ask for no key: whoever reaches it can read every exchange, call and recording, and steer the phones',
    'requests may name it by address; names need --public-host; without --host only this machine reaches it',
  ];
}
