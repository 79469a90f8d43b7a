import { declareHeaders } from '../../diagnose/fixes/headers.ts';
import type { ReadingRule } from '../kit/reading-rule.ts';

/** The list of signed headers is written in other letters, with spaces, or with something behind its end. */
export const signedHeadersMisspelled: ReadingRule = {
  name: 'signed-headers-misspelled',
  mistake: 'header/authorization-syntax',
  find({ scheme, text }) {
    const accepted = scheme?.signedHeaders?.accepted;
    if (!scheme || !accepted) return undefined;
    for (const found of text.matchAll(/SignedHeaders=([A-Za-z][\w; -]{2,200})(?=&|["'`])/g)) {
      const [, list = ''] = found;
      const meant = accepted.find(
        (names) => names.join(';') === list.toLowerCase().replace(/ /g, '').replace(/;$/, ''),
      );
      if (!meant || meant.join(';') === list) continue;
      return {
        at: found.index,
        part: 'authorization',
        summary: `The code declares its signed headers as "${list}"; ${scheme.id} takes "${meant.join(';')}" and no other spelling.`,
        fix: declareHeaders(meant),
      };
    }
    return undefined;
  },
  samples: [
    {
      language: 'python',
      faulty:
        "import hmac\nheaders['Authorization'] = f'HMAC-SHA256 SignedHeaders=X-Ms-Date;Host;X-Ms-Content-Sha256&Signature={s}'\nheaders['x-ms-date'] = d",
      right:
        "import hmac\nheaders['Authorization'] = f'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={s}'\nheaders['x-ms-date'] = d",
    },
    {
      language: 'go',
      faulty:
        'mac := hmac.New(sha256.New, key)\nreq.Header.Set("Authorization", "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256;&Signature="+s)\nreq.Header.Set("x-ms-date", d)',
      right:
        'mac := hmac.New(sha256.New, key)\nreq.Header.Set("Authorization", "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature="+s)\nreq.Header.Set("x-ms-date", d)',
    },
  ],
};
