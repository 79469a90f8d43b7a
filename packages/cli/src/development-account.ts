/**
 * The development account of the local server, public on purpose like Azurite's. The server owns these values; the
 * command repeats them, because `sign` must not load the server to sign for it (a test compares the two).
 */
export const developmentAccount = {
  url: 'http://localhost:7509',
  acs: {
    accessKey: 'Y291bnRlcnNpZ24gZGV2ZWxvcG1lbnQga2V5LCBwdWJsaWMgb24gcHVycG9zZTogbm90IGEgc2VjcmV0ISEhIQ==',
    number: '+12065550100',
  },
  sinch: {
    applicationKey: 'c0157e51-0000-4000-8000-000000000002',
    applicationSecret: 'cHVibGljIGRldiBrZXkhIQ==',
    number: '+12065550150',
  },
} as const;

/** Whether a host (with or without a port) can only be this machine. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d*$/, '').toLowerCase();
  return /^(?:(?:.+\.)?localhost\.?|127(?:\.\d{1,3}){3}|\[::1\])$/.test(name);
}
