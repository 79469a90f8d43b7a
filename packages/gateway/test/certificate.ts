import { execFileSync } from 'node:child_process';

/** Has openssl write a key and a certificate of its own for a day, as PEM. */
export function writeCertificate(name: string, files: { readonly key: string; readonly cert: string }): void {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', files.key];
  const cert = ['-days', '1', '-subj', `/CN=${name}`, '-out', files.cert];
  execFileSync('openssl', ['req', '-x509', ...key, ...cert], { stdio: 'pipe' });
}
