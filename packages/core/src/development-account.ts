/**
 * The development account of the local server: fixed, documented, and public on purpose, like Azurite's. Whoever knows it
 * can do nothing but call a server on a developer's machine. Never let a production service accept it.
 */
export const developmentAccount = {
  url: 'http://localhost:7509',
  acs: {
    /** The `aud` of event tokens. */
    resourceId: 'c0157e51-0000-4000-8000-000000000001',
    accessKey: 'Y291bnRlcnNpZ24gZGV2ZWxvcG1lbnQga2V5LCBwdWJsaWMgb24gcHVycG9zZTogbm90IGEgc2VjcmV0ISEhIQ==',
    number: '+12065550100',
  },
  sinch: {
    applicationKey: 'c0157e51-0000-4000-8000-000000000002',
    applicationSecret: 'cHVibGljIGRldiBrZXkhIQ==',
    number: '+12065550150',
  },
} as const;
