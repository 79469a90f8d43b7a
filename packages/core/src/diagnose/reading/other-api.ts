import { matchesHost } from '../../providers/host-match.ts';
import type { OtherApi } from '../../scheme.ts';
import type { Evidence } from './evidence.ts';

/** The API that the request goes to, when it is one of those that do not take the scheme's signatures. */
export function otherApi({ provider, host, message }: Evidence): OtherApi | undefined {
  if (host === undefined) return undefined;
  return provider?.otherApis?.find(
    ({ hosts, path }) => matchesHost(hosts, host) && (path === undefined || message.target.startsWith(path)),
  );
}
