import { Secret } from '../secret.ts';
import { verify } from '../verify.ts';
import { classOf, type Step } from './candidates.ts';
import type { Evidence } from './evidence.ts';
import type { MistakeClass } from './mistake-class.ts';
import { secretText } from './secret-text.ts';

/** One of the library's other schemes accepts the request. */
export function otherScheme(evidence: Evidence, classes: readonly MistakeClass[]): Step | undefined {
  const { options, credential, message, scheme } = evidence;
  const mistake = classOf('scheme/other', classes);
  if (!mistake) return undefined;
  for (const other of options.otherSchemes ?? []) {
    if (other.id === scheme.id) continue;
    try {
      const secret = new Secret(secretText(credential.secret), other.key.encoding);
      const { keyId } = credential;
      const result = verify(other, { secret, ...(keyId !== undefined && { keyId }) }, message, {
        tolerate: 'all',
        toleranceSeconds: Number.MAX_SAFE_INTEGER,
      });
      if (result.ok)
        return {
          mistake,
          detail: `it verifies as ${other.title} (${other.id}), and was judged as ${scheme.title} (${scheme.id})`,
          part: 'authorization',
          yours: other.id,
          expected: scheme.id,
        };
    } catch {
      // The secret is none of that scheme's.
    }
  }
  return undefined;
}
