import { sendHeader } from '../../diagnose/fixes/headers.ts';
import type { ReadingRule } from '../kit/reading-rule.ts';
import { someScheme } from '../kit/some-scheme.ts';

/** A list of signed headers names the one date header, and the code sends the other one alone. */
export const dateHeaderNotSigned: ReadingRule = {
  name: 'date-header-not-signed',
  mistake: 'header/signed-set',
  find(code) {
    const [wanted, other] = someScheme(code).date?.headers ?? [];
    if (code.scheme?.signedHeaders === undefined || wanted === undefined || other === undefined) return undefined;
    const listed = new RegExp(`SignedHeaders=["'+ ]{0,6}(?=[\\w;-]*${wanted}\\b)[\\w;-]{3,200}`, 'gi');
    const list = listed.exec(code.text);
    if (!list) return undefined;
    // What declares it is no sending of it.
    const rest = code.text.replace(/[\w-]+(?:;[\w-]+){1,20}/g, '');
    if (new RegExp(`\\b${wanted}\\b`, 'i').test(rest)) return undefined;
    const sent = new RegExp(`["']${other}["'] ?(?:[\\]),:]|=>)`, 'i').exec(rest);
    if (!sent) return undefined;
    return {
      at: list.index,
      part: 'authorization',
      summary: `The code declares ${wanted} as signed and sends the header ${other}: whoever verifies looks for a header that is not there.`,
      fix: sendHeader(wanted, 'date', 'the header that the list names'),
    };
  },
  samples: [
    {
      language: 'postman',
      faulty:
        "pm.request.headers.upsert({key:'Date', value: dateStr});\nconst s = CryptoJS.HmacSHA256(t, k);\npm.request.headers.upsert({key:'x-ms-content-sha256', value: h});\npm.request.headers.upsert({key:'Authorization', value: 'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=' + s});",
      right:
        "pm.request.headers.upsert({key:'Date', value: dateStr});\nconst s = CryptoJS.HmacSHA256(t, k);\npm.request.headers.upsert({key:'x-ms-content-sha256', value: h});\npm.request.headers.upsert({key:'Authorization', value: 'HMAC-SHA256 SignedHeaders=date;host;x-ms-content-sha256&Signature=' + s});",
    },
    {
      language: 'python',
      faulty:
        "import hmac\nheaders['Date'] = date\nheaders['x-ms-content-sha256'] = h\nheaders['Authorization'] = 'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=' + signature",
      right:
        "import hmac\nheaders['x-ms-date'] = date\nheaders['x-ms-content-sha256'] = h\nheaders['Authorization'] = 'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=' + signature",
    },
  ],
};
