import { receivingFixes } from '../../diagnose/fixes/receiving.ts';
import { bodyFixes } from '../../diagnose/fixes/string-to-sign.ts';
import { firstMatch, type Patterns, type ReadingRule } from '../kit/reading-rule.ts';
import { isHashed } from '../kit/value-flow.ts';
import { someScheme } from '../kit/some-scheme.ts';

const patterns: Patterns = {
  javascript:
    /(?:\.update|createHmac|Buffer\.from|\b\w{0,30}[hH]mac\w{0,30}|\b(?:sign|verify)|\b\w{0,30}[sS]ignature\w{0,30}|\bverify(?:Webhook|Request|Body|Payload)\w{0,20})\([^\n]{0,120}?JSON\.stringify\(\s*(?:await\s+)?(?:req|request|ctx\.request|event|c\.req|context\.req)\.(?:body|json\(\))/,
  python: /json\.dumps\(\s*(?:await\s+)?(?:request|req)\.(?:json|get_json\(|data\b|body\b)/,
  php: /(?:hash|hash_hmac|md5|sha1)\([^\n]{0,80}?json_encode\(\s*(?:\$request->(?:all|json|input)\(|\$_POST|json_decode\()/,
  ruby: /(?:Digest|HMAC)[^\n]{0,120}?(?:params(?:\.\w{1,30}){0,3}\.to_json|JSON\.(?:generate|dump)\(\s*(?:params|JSON\.parse))/,
  csharp: /HashData\([^\n]{0,120}?JsonSerializer\.Serialize\(\s*(?:model|payload|request|dto|body)\b/,
};

const readsHeader =
  /\b(?:req|request|c\.req|ctx|event)(?:\.request)?\.(?:headers?\b|get\()|\bheaders\b[^\n]{0,40}signature/i;
const sends = /\b(?:fetch|axios|got|undici)\b[.(]|\brequest\(|\bbody:/;

/** A receiver writes the parsed body again, and hashes what its own library makes of it. */
export const bodySerializedAgain: ReadingRule = {
  name: 'body-serialized-again',
  mistake: 'body/reserialized',
  patterns,
  find(code) {
    const found = firstMatch(code, patterns);
    if (!found) return undefined;
    if (code.language === 'python' && !isHashed(code.text, found)) return undefined;
    // Whoever only passes on what came in signs bytes of its own.
    if (code.language === 'javascript' && !readsHeader.test(code.text) && sends.test(code.text)) return undefined;
    return {
      at: found.index,
      part: 'body',
      summary:
        'The code parses the body that it received and writes it again before it is hashed: another library writes the same JSON in other bytes. What is signed are the bytes that arrived.',
      fix: receivingFixes('body', '/', bodyFixes(someScheme(code))),
    };
  },
  samples: [
    {
      language: 'javascript',
      faulty: "const s = createHmac('sha256', secret).update(JSON.stringify(req.body)).digest('hex');",
      right:
        "app.use(express.raw({ type: () => true }));\nconst s = createHmac('sha256', secret).update(req.body).digest('hex');",
    },
    {
      language: 'python',
      faulty: 'import hmac\nbody = json.dumps(request.get_json())\nhmac.new(key, body.encode(), hashlib.sha256)',
      right: 'import hmac\nbody = request.get_data()\nhmac.new(key, body, hashlib.sha256)',
    },
    {
      language: 'php',
      faulty: "<?php\n$s = hash_hmac('sha256', json_encode($request->all()), $secret);",
      right: "<?php\n$s = hash_hmac('sha256', $request->getContent(), $secret);",
    },
    {
      language: 'ruby',
      faulty: "require 'openssl'\nOpenSSL::HMAC.hexdigest('SHA256', key, params.to_json)",
      right: "require 'openssl'\nOpenSSL::HMAC.hexdigest('SHA256', key, request.raw_post)",
    },
    {
      language: 'csharp',
      faulty:
        'new HMACSHA256(key);\nvar h = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(model)));',
      right: 'new HMACSHA256(key);\nvar h = HMACSHA256.HashData(key, bodyBytes);',
    },
  ],
};
