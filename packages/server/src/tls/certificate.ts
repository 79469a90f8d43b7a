import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto';
import {
  bitString,
  derBoolean,
  derInteger,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  tagged,
  time,
  utf8String,
} from './der.ts';

/** What a certificate says, and who says it. */
export interface CertificateContent {
  readonly serial: Uint8Array;
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** The P-256 public key that is certified. */
  readonly publicKey: KeyObject;
  /** `authority`: may sign one level of server certificates. Otherwise the names and addresses that it is good for. */
  readonly use: 'authority' | { readonly hosts: readonly string[]; readonly addresses: readonly Uint8Array[] };
}

const oid = {
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAlternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuthentication: '1.3.6.1.5.5.7.3.1',
} as const;

const signatureAlgorithm = sequence(objectIdentifier(oid.ecdsaWithSha256));

/** Makes an X.509 v3 certificate (RFC 5280) signed with a P-256 key, as PEM. */
export function certificatePem(content: CertificateContent, issuerKey: KeyObject): string {
  const version3 = tagged(0, derInteger(Uint8Array.of(2)));
  const toBeSigned = sequence(
    version3,
    derInteger(content.serial),
    signatureAlgorithm,
    distinguishedName(content.issuer),
    sequence(time(content.notBefore), time(content.notAfter)),
    distinguishedName(content.subject),
    content.publicKey.export({ type: 'spki', format: 'der' }),
    tagged(3, sequence(...extensions(content), ...keyIdentifiers(content.publicKey, createPublicKey(issuerKey)))),
  );
  const signature = sign('sha256', toBeSigned, { key: issuerKey, dsaEncoding: 'der' });
  return pem(sequence(toBeSigned, signatureAlgorithm, bitString(signature)));
}

function extensions({ use }: CertificateContent): Uint8Array[] {
  if (use === 'authority') {
    return [
      extension(oid.basicConstraints, true, sequence(derBoolean(true), derInteger(Uint8Array.of(0)))),
      // keyCertSign, the sixth bit
      extension(oid.keyUsage, true, bitString(Uint8Array.of(0b0000_0100), 2)),
    ];
  }
  const names = [
    ...use.hosts.map((host) => tagged(2, Buffer.from(host), false)),
    ...use.addresses.map((address) => tagged(7, address, false)),
  ];
  return [
    extension(oid.basicConstraints, true, sequence()),
    // digitalSignature, the first bit
    extension(oid.keyUsage, true, bitString(Uint8Array.of(0b1000_0000), 7)),
    extension(oid.extendedKeyUsage, false, sequence(objectIdentifier(oid.serverAuthentication))),
    extension(oid.subjectAlternativeName, false, sequence(...names)),
  ];
}

/** Which key is certified and which one signed; strict verifiers (Python 3.13) want to be told. */
function keyIdentifiers(subject: KeyObject, issuer: KeyObject): Uint8Array[] {
  return [
    extension(oid.subjectKeyIdentifier, false, octetString(keyIdentifier(subject))),
    extension(oid.authorityKeyIdentifier, false, sequence(tagged(0, keyIdentifier(issuer), false))),
  ];
}

/** SHA-1 over the whole public key information: any unique value will do (RFC 7093). */
function keyIdentifier(key: KeyObject): Uint8Array {
  return createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest();
}

function extension(id: string, critical: boolean, value: Uint8Array): Uint8Array {
  return sequence(objectIdentifier(id), ...(critical ? [derBoolean(true)] : []), octetString(value));
}

function distinguishedName(commonName: string): Uint8Array {
  return sequence(setOf(sequence(objectIdentifier(oid.commonName), utf8String(commonName))));
}

function pem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
