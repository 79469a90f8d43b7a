import type { JWK } from 'jose';

/**
 * The key that signs the tokens of events. Public on purpose, like the rest of the development account: anybody may forge
 * these tokens, and nothing but a test may trust them. It is fixed, so that a receiver may pin it.
 */
export const eventSigningKey = {
  kty: 'RSA',
  kid: 'countersign-development-events',
  alg: 'RS256',
  use: 'sig',
  n: 'mCHTwn3uu-uZek1kuzjW7NcWjTCPAYBzIGfj-5Cf59hD3dCeejBT7fO8ztJapxsXiv_wV2-l6kX8OOHiq1QC5UTHaI9jSeOkw_GJ3HkipSC51FwkkKu49ROKlAddErERIeHKzv3Z93QcHaEi0ZQUFvGUWMiLRaTObzVmc8UmGB95u14Wvp-ym77ScvRMHzDL92cNm49DrhNm0PHRRkGe6oh8Q015Fr6MvNiGrlIKJ8hmM0mKp2JVNQD-8j3rCgS1R9kD0ygYxkQv_BAAehB7SI7U5mv6Ukrg1AYZkcShxaZv5d7_vRWG2GwVXJW3lAoiwiaLPcUDPDro_sD4gdY2pw',
  e: 'AQAB',
  d: 'S455Yp4zBIgFqNVpUwbuz6Afpi3YyJEoHI8cjqOMl5Q0WKU1IFCCTqsAOeQFe_sbnUBx-KsNxyXNF98wOZE3AvE-7HJSiK8T9PEwXByZlVOEl7DPxD5VVPrIl650jkT80kwW8ujm6Vx0Xk7aQSZ_N8nxuIqZiRRKJrdp09O1kMLE7T-2lQulPqB_RmOiJMYQ7fjrevEHOFlfeBO40089pJ4RT2aByjUhCEmU0L1nrg_wl-fFDl8YY0EQGOp-GTMQFYPVoqgWAFeJ0JWlYmIAgMWJNPkmo3ZlJ6X77S-IDEATTxz9nC3Pav0y9-hH30ZxWJbKqzTCVfs0Tc9q3Fym2Q',
  p: 'zwKXxTo0q2ijPrA_Xz_Jrxp3OGiKp2oVS_SGVX4dSOJ-VbxVsot9e7xNgrIHNlguIb7mX1hvkBVulX-aFXSMUUEBcfgIjDlkBae97ikdO2hLoWh1dgqO3DzK0ZoHNKcrF2YFavhx6Ue676RQpUxmn6rJVjA7CR9vq-eVqwTOvB0',
  q: 'vCKH-zM3pLQKsRETMRdOVxJzsebnXeiMdsrO-DDvf7mon8-KTt8SoxWl5cX1bNqDsocGVIs3lVcejIKsFau8KWlmW9vBL8lOesGuQhqnlKO9kugxjhFAvG2t6PDQqZBV5U5iWVKXpeVYwJD9XgolrIw64c8eUtce87-oIbiWWpM',
  dp: 'xSofC8aIa8nZ0ddkRIAoxBJdAujvRs0PQ6y-VacslULEOTyMEuYwui17VcPigqwyJAoCuUUt3PnMva8vPsgm7S0RB0_KNGRlE83UZIXcRbzsa-tmFOuxbaqpMkGWI1wk-sA84MmJFTswnRbPiODfzauI4AJH-ERsxDpqntyRWzE',
  dq: 'bYTQkhwbrUad3rvo5zABC9ETBqI7V8CTXGftmi-qjDkA_58qjYVwbP2iKKNXnrmJ5viRZ8_vWIFxqCw9jxP9IkJYMus3h-DxTabIEXVAzteO-SEwD9rdS5OxpKPjZIJAbo910zewTgO36cm9pOvVSKANevw-U80lGJIehxrUc_8',
  qi: 'kvXPufsQCLBHV_3ndxbgcsOYUBwkYELOg7BWFS3uz2xnUuipRYjUWNw8x-mIgCOwtEB7zJy8xx5ZaBoAEfQV_PmKRks2R6f_1u7W1iVjYcg_aVfpOto1m5ovfTtySlFs7xIVEw_viAaGvTz7SLsc3u7354bjoweKSq8D3gZ-fGk',
} as const satisfies JWK;

/** The public half, as the key set serves it. */
export const eventVerificationKey = {
  kty: eventSigningKey.kty,
  kid: eventSigningKey.kid,
  alg: eventSigningKey.alg,
  use: eventSigningKey.use,
  n: eventSigningKey.n,
  e: eventSigningKey.e,
} as const satisfies JWK;
