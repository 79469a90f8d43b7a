import { join, dirname } from 'node:path';

/** How one platform is made to trust the development certificate. */
export interface TrustLine {
  readonly platform: 'Node' | 'Java' | '.NET on Linux' | '.NET on Windows' | '.NET on macOS';
  /** A line for a POSIX shell; for PowerShell on Windows. */
  readonly line: string;
}

/**
 * The line that makes each platform trust the development certificate. Node reads an extra file; Java takes a store of
 * its own; .NET asks the operating system, which on Linux is OpenSSL: `SSL_CERT_FILE` replaces its bundle, so the line
 * puts the system's bundle in front.
 *
 * @param authorityFile where `developmentCertificate` keeps the authority's certificate
 */
export function trustLines(authorityFile: string): readonly TrustLine[] {
  const file = quoted(authorityFile);
  const store = join(dirname(authorityFile), 'truststore.p12');
  const bundle = quoted(join(dirname(authorityFile), 'trusted.pem'));
  return [
    { platform: 'Node', line: `export NODE_EXTRA_CA_CERTS=${file}` },
    {
      platform: 'Java',
      line:
        `keytool -importcert -noprompt -alias countersign -file ${file} -keystore ${quoted(store)} -storetype PKCS12 -storepass countersign; ` +
        `export JAVA_TOOL_OPTIONS=${quoted(`-Djavax.net.ssl.trustStore=${store} -Djavax.net.ssl.trustStorePassword=countersign`)}`,
    },
    {
      platform: '.NET on Linux',
      line: `cat /etc/ssl/certs/ca-certificates.crt ${file} > ${bundle}; export SSL_CERT_FILE=${bundle}`,
    },
    {
      platform: '.NET on Windows',
      line: `Import-Certificate -FilePath ${file} -CertStoreLocation Cert:\\CurrentUser\\Root`,
    },
    { platform: '.NET on macOS', line: `security add-trusted-cert -r trustRoot ${file}` },
  ];
}

function quoted(path: string): string {
  return /^[\w./:\\-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
