import { contentHashFixes, signatureFixes } from '../../diagnose/fixes/digest.ts';
import { firstMatch, type CodeFinding, type Patterns } from './reading-rule.ts';
import type { SigningCode } from './signing-code.ts';
import { isHashed, isOfRequest } from './value-flow.ts';
import { someScheme } from './some-scheme.ts';

/** The first place where a digest is written otherwise than it should be: the signature where the text has an HMAC, else a hash. */
export function findDigestEncoding(
  code: SigningCode,
  patterns: Patterns,
  summaryOf: (isMac: boolean) => string,
): CodeFinding | undefined {
  const found = firstMatch(code, patterns);
  // An encoder has other uses: only what is a digest, or is hashed, counts.
  if (!found || !isHashed(code.text, found) || !isOfRequest(code.text, found.index)) return undefined;
  const isMac = /hmac/i.test(found[0]);
  const scheme = someScheme(code);
  return {
    at: found.index,
    part: isMac ? 'signature' : 'content-hash',
    summary: summaryOf(isMac),
    fix: isMac || !scheme.contentHash ? signatureFixes(scheme) : contentHashFixes(scheme),
  };
}
