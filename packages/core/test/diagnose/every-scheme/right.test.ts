import { schemes } from '@countersign/core/schemes/catalog';
import { Secret } from '@countersign/core/secret';
import { verify } from '@countersign/core/verify';
import { expect, test } from 'vitest';
import { deliveredAt, rightDelivery, rightSigning, sentRequest, signatureOf } from './deliveries.ts';
import { signers } from './signers.ts';

test.each(signers.map((signer) => [signer.id, signer] as const))(
  '%s is signed by hand as it should be',
  (id, signer) => {
    const scheme = schemes.find((one) => one.id === id)!;
    const request = sentRequest(signer, rightDelivery(signer), signatureOf(rightSigning(signer)));
    const secret = new Secret(signer.secret, scheme.key.encoding);
    const { keyId, mac } = signer;
    const credential = { secret, ...(keyId !== undefined && { keyId }), ...(mac !== undefined && { mac }) };
    const result = verify(scheme, credential, request, { now: new Date(deliveredAt) });
    expect(result.ok ? 'accepted' : result.summary).toBe('accepted');
  },
);
