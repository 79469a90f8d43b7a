import type { SinchAccount } from '../accounts/account.ts';
import type { Applications } from '../accounts/applications.ts';
import { SinchError } from '../protocol/errors.ts';

/**
 * The application that a body names: `applicationkey`, or `applicationKey` as the Python SDK writes it; the one that
 * signed when it names none.
 *
 * @throws SinchError 40004 when no application has that key
 */
export function namedApplication(
  { applicationkey, applicationKey }: { readonly applicationkey?: string; readonly applicationKey?: string },
  account: SinchAccount,
  applications: Applications,
): string {
  const key = applicationkey ?? applicationKey ?? account.applicationKey;
  if (!applications.account(key)) throw new SinchError(40004);
  return key;
}
