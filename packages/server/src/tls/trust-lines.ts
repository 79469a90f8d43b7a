import { existsSync } from 'node:fs';
import { join, dirname } from 'node:path';

/** How one platform is made to trust the development certificate. */
export interface TrustLine {
  readonly platform:
    'Node' | 'Python' | 'Java' | 'curl' | 'Go on Linux' | '.NET on Linux' | '.NET on Windows' | '.NET on macOS';
  /** A line for a POSIX shell; for PowerShell on Windows. */
  readonly line: string;
}

/**
 * The line that makes each platform trust the development certificate. Node reads an extra file; Java takes a store of
 * its own; Python, curl, Go and .NET on Linux know variables that name a bundle in place of theirs, so the lines put the
 * bundle that they would have used in front. Go and .NET on other systems ask the system. Each can be given again, once
 * the certificate was made again.
 *
 * @param authorityFile where `developmentCertificate` keeps the authority's certificate
 */
export function trustLines(authorityFile: string): readonly TrustLine[] {
  const file = quoted(authorityFile);
  const beside = (name: string): string => join(dirname(authorityFile), name);
  const store = beside('truststore.p12');
  const bundle = quoted(beside('trusted.pem'));
  const systemAndOurs = `cat ${systemBundle()} ${file} > ${bundle}`;
  // requests and the SDKs on it read the first; httpx, aiohttp and urllib, on Python's own ssl, the second.
  const python = quoted(beside('trusted-by-python.pem'));
  return [
    { platform: 'Node', line: `export NODE_EXTRA_CA_CERTS=${file}` },
    {
      platform: 'Python',
      line: `cat "$(python3 -m certifi)" ${file} > ${python}; export REQUESTS_CA_BUNDLE=${python} SSL_CERT_FILE=${python}`,
    },
    {
      platform: 'Java',
      line:
        `rm -f ${quoted(store)}; keytool -importcert -noprompt -alias countersign -file ${file} -keystore ${quoted(store)} -storetype PKCS12 -storepass countersign; ` +
        `export JAVA_TOOL_OPTIONS=${quoted(`-Djavax.net.ssl.trustStore=${store} -Djavax.net.ssl.trustStorePassword=countersign`)}`,
    },
    { platform: 'curl', line: `${systemAndOurs}; export CURL_CA_BUNDLE=${bundle}` },
    { platform: 'Go on Linux', line: `${systemAndOurs}; export SSL_CERT_FILE=${bundle}` },
    { platform: '.NET on Linux', line: `${systemAndOurs}; export SSL_CERT_FILE=${bundle}` },
    {
      platform: '.NET on Windows',
      line: `Import-Certificate -FilePath ${file} -CertStoreLocation Cert:\\CurrentUser\\Root`,
    },
    { platform: '.NET on macOS', line: `security add-trusted-cert -r trustRoot ${file}` },
  ];
}

/** The certificates that this system trusts, where Debian, Fedora, SUSE or macOS keep them. */
function systemBundle(): string {
  const places = [
    '/etc/ssl/certs/ca-certificates.crt',
    '/etc/pki/tls/certs/ca-bundle.crt',
    '/etc/ssl/ca-bundle.pem',
    '/etc/ssl/cert.pem',
  ];
  return places.find((place) => existsSync(place)) ?? '/etc/ssl/certs/ca-certificates.crt';
}

function quoted(path: string): string {
  return /^[\w./:\\-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
