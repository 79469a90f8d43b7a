import { bodyFixes } from '../../diagnose/fixes/string-to-sign.ts';
import type { ReadingRule, CodeFinding } from '../kit/reading-rule.ts';
import type { SigningCode } from '../kit/signing-code.ts';
import { someScheme } from '../kit/some-scheme.ts';

/** requests and aiohttp write `json=` as json.dumps does by itself; httpx writes it compact. */
function inPython({ text }: SigningCode): number | undefined {
  const sent =
    /\b(requests|httpx|aiohttp|session|client)\.(?:post|put|patch|request)\([^)]{0,300}?\bjson\s*=\s*([\w.]{0,60})/.exec(
      text,
    );
  // What is signed as it goes out is what the client wrote.
  if (!sent || /AuthBase|\.prepare\(|prepare_request|\b(?:r|req|request|prepared)\.body\b/.test(text)) return undefined;
  const [, client = '', name = ''] = sent;
  const dumped = new RegExp(
    String.raw`json\.dumps\(\s*${name.replaceAll('.', String.raw`\.`)}(?!\w)([^\n]{0,200})`,
  ).exec(text);
  if (!dumped) return undefined;
  const isPlain = !/separators|indent|sort_keys|ensure_ascii/.test(dumped[1] ?? '');
  if (client === 'httpx') return isPlain ? sent.index : undefined;
  return isPlain || client === 'session' || client === 'client' ? undefined : sent.index;
}

/** ASP.NET's own JSON has names in camel case, the serializer's defaults have not. */
function inCsharp({ text }: SigningCode): number | undefined {
  const name = /JsonSerializer\.Serialize\(\s*(\w{1,60})/.exec(text)?.[1];
  if (name === undefined) return undefined;
  const sent = new RegExp(
    String.raw`\b(?:(?:PostAsJsonAsync|PutAsJsonAsync)\([^,\n]{1,200},|JsonContent\.Create\()\s*${name}\b`,
  ).exec(text);
  // A handler signs what the client wrote.
  if (!sent || /DelegatingHandler|Content\.ReadAs|request\.Content\b/i.test(text)) return undefined;
  return /JsonSerializerDefaults\.Web|CamelCase/.test(text) ? undefined : sent.index;
}

/** A body is hashed indented, and sent as the client writes it. */
function inJavascript({ text }: SigningCode): number | undefined {
  const hashed = /JSON\.stringify\(\s*(\w{1,60})\s*,\s*(?:null|undefined)\s*,/.exec(text);
  if (!hashed) return undefined;
  const [, name = ''] = hashed;
  const sent = new RegExp(
    `body:\\s*JSON\\.stringify\\(\\s*${name}\\s*\\)|axios\\.\\w+\\([^,\\n]{1,200},\\s*${name}\\b`,
  ).exec(text);
  return sent?.index;
}

/** The body is written once to be hashed, and once more, in another way, to be sent. */
export const bodySentByAnotherSerializer: ReadingRule = {
  name: 'body-sent-by-another-serializer',
  mistake: 'body/reserialized',
  find(code): CodeFinding | undefined {
    const readers = { python: inPython, csharp: inCsharp, javascript: inJavascript };
    const at = code.language in readers ? readers[code.language as keyof typeof readers](code) : undefined;
    if (at === undefined) return undefined;
    return {
      at,
      part: 'body',
      summary:
        'The code writes the body once to hash it, and lets the client write it again, in other bytes, to send it. Write it once, and hash and send that.',
      fix: bodyFixes(someScheme(code), 'of the bytes that are sent: write the body once'),
    };
  },
  samples: [
    {
      language: 'python',
      faulty:
        "import hmac, requests\nbody = json.dumps(data, separators=(',', ':'))\nh = hashlib.sha256(body.encode())\nrequests.post(url, json=data, headers=headers)",
      right:
        "import hmac, requests\nbody = json.dumps(data, separators=(',', ':'))\nh = hashlib.sha256(body.encode())\nrequests.post(url, data=body, headers=headers)",
    },
    {
      language: 'python',
      faulty: 'import hmac, httpx\nbody = json.dumps(data)\nhttpx.post(url, json=data)',
      right: 'import hmac, requests\nbody = json.dumps(data)\nrequests.post(url, json=data)',
    },
    {
      language: 'csharp',
      faulty:
        'new HMACSHA256(key);\nvar json = JsonSerializer.Serialize(model);\nawait client.PostAsJsonAsync(url, model);',
      right:
        'new HMACSHA256(key);\nvar json = JsonSerializer.Serialize(model, new JsonSerializerOptions(JsonSerializerDefaults.Web));\nawait client.PostAsJsonAsync(url, model);',
    },
    {
      language: 'javascript',
      faulty:
        "const hash = createHash('sha256').update(JSON.stringify(data, null, 2)).digest('base64');\ncreateHmac('sha256', key);\nawait axios.post(url, data, { headers });",
      right:
        "const body = JSON.stringify(data, null, 2);\ncreateHmac('sha256', key);\nawait axios.post(url, body, { headers });",
    },
  ],
};
