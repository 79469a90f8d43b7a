import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { certificatePem } from './certificate.ts';
import { locked } from './locked.ts';

/** What an https server needs, and the file that its clients trust. */
export interface DevelopmentCertificate {
  /** PEM: the server's certificate, then its authority's. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
  /** The authority's certificate; clients are told to trust this file. */
  readonly authorityFile: string;
}

const dayMs = 24 * 60 * 60 * 1000;
/** What platforms accept at most of a server's certificate is 398 days. */
const lifetimeMs = 397 * dayMs;
const renewalMs = 30 * dayMs;

/**
 * The certificate for `https://localhost` (and 127.0.0.1, ::1 and `names`), made when `folder` has none, or when the one
 * there is about to expire or lacks a name.
 *
 * It is signed by an authority of its own whose private key is thrown away at once: who trusts it trusts this one
 * certificate, and nobody can ever sign another with it. Of several that are asked for at once, in any number of processes,
 * one makes it, and all have the same.
 *
 * @param folder the state folder, by default `.countersign` in the working directory
 */
export async function developmentCertificate(
  folder: string,
  names: readonly string[],
  now: Date,
): Promise<DevelopmentCertificate> {
  const file = (name: string): string => resolve(join(folder, name));
  const files = {
    authority: file('localhost-authority.pem'),
    cert: file('localhost-certificate.pem'),
    key: file('localhost-key.pem'),
  };
  const hosts = [...new Set(['localhost', ...names])];
  const kept = async (): Promise<DevelopmentCertificate | undefined> => {
    const found = await readAll(files);
    return found && isGood(found, hosts, now)
      ? { cert: found.cert, key: found.key, authorityFile: files.authority }
      : undefined;
  };
  const found = await kept();
  if (found) return found;

  await mkdir(folder, { recursive: true, mode: 0o700 });
  return locked(file('localhost.lock'), async () => {
    // Who waited for the lock finds what the other one made.
    const foundNow = await kept();
    if (foundNow) return foundNow;
    const made = makeCertificates(hosts, now);
    await replaceFile(files.authority, made.authority);
    await replaceFile(files.key, made.key);
    await replaceFile(files.cert, made.cert);
    return { cert: made.cert, key: made.key, authorityFile: files.authority };
  });
}

/** A certificate with its authority's behind it, its key, and its authority's alone, as PEM. */
type Pems = Readonly<Record<'authority' | 'cert' | 'key', string>>;

async function readAll(files: Pems): Promise<Pems | undefined> {
  try {
    const [authority, cert, key] = await Promise.all(
      [files.authority, files.cert, files.key].map((file) => readFile(file, 'utf8')),
    );
    return { authority: authority ?? '', cert: cert ?? '', key: key ?? '' };
  } catch {
    return undefined;
  }
}

/** Never leaves half a file, nor one that others can read for a moment. */
async function replaceFile(file: string, text: string): Promise<void> {
  const fresh = `${file}.${process.pid}.new`;
  await writeFile(fresh, text, { mode: 0o600 });
  await rename(fresh, file);
}

/** Whether the three belong together, and the certificate is for these hosts and for a while. */
function isGood({ authority, cert, key }: Pems, hosts: readonly string[], now: Date): boolean {
  try {
    const certificate = new X509Certificate(cert);
    if (!cert.endsWith(authority) || !certificate.checkPrivateKey(createPrivateKey(key))) return false;
    const expiresMs = Date.parse(certificate.validTo);
    return expiresMs - renewalMs > now.getTime() && hosts.every((host) => certificate.checkHost(host) !== undefined);
  } catch {
    return false;
  }
}

function makeCertificates(hosts: readonly string[], now: Date): Pems {
  const authorityKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const serverKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = `Countersign development authority ${randomBytes(4).toString('hex')}`;
  const common = {
    issuer,
    notBefore: new Date(now.getTime() - dayMs),
    notAfter: new Date(now.getTime() + lifetimeMs),
  };
  const sign = (subject: string, publicKey: KeyObject, use: Parameters<typeof certificatePem>[0]['use']): string =>
    certificatePem({ ...common, serial: serialNumber(), subject, publicKey, use }, authorityKeys.privateKey);
  const addresses = [Uint8Array.of(127, 0, 0, 1), Uint8Array.from([...Array<number>(15).fill(0), 1])];
  const authority = sign(issuer, authorityKeys.publicKey, 'authority');
  const server = sign('localhost', serverKeys.publicKey, { hosts, addresses });
  const key = serverKeys.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  return { authority, cert: server + authority, key };
}

/** Positive, at most 20 bytes, and never a zero first (RFC 5280, 4.1.2.2). */
function serialNumber(): Uint8Array {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes;
}
