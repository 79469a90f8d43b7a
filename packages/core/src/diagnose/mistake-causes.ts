import type { MistakeId } from './diagnosis.ts';

/**
 * Where each class of mistakes usually comes from, and the cure in a sentence. Plain text in which backticks mark code. For
 * pages about mistakes; a module of its own, so that whoever shows them does not load the search.
 */
export const mistakeCauses: Readonly<Record<MistakeId, string>> = {
  'key/encoding':
    'Azure and Sinch show a key as base64, and the HMAC needs the decoded bytes. Stripe and Twilio show a text that is used as it is. Code that treats them all alike is wrong for half of them. Decode the secret where the scheme says so, and nowhere else.',
  'key/stray-characters':
    '`echo "$SECRET" > file` adds a newline, a `.env` file keeps quotes, a copy from a web page brings a space or loses a character. Trim what you read, and compare the length with what the provider shows.',
  'key/other':
    'An environment variable that is not set signs with the text `undefined` or with nothing. Other common causes: the secret of another endpoint, account or test environment, or one from before a rotation. Refuse to start without a secret.',
  'key/id':
    'Key id and secret belong together, but one of them was copied from another application, or the id is spelled differently from what the provider knows.',
  'key/prefix':
    '`whsec_`, `accesskey=` or `Bearer ` come before many secrets. For some providers the prefix is part of the key. For others it must be removed before the rest is decoded.',
  'key/swapped-with-message':
    'Libraries do not agree on the order of the arguments: `hmac(key, message)` in one is `hmac(message, key)` in another. Name the arguments where the language can.',
  'key/derivation':
    'AWS Signature Version 4 derives the key of a day, a region and a service: four HMACs, one on the result of the other, the first of them with `AWS4` before the secret. If a step is left out or out of order, the key is wrong.',
  'key/kind':
    'Dashboards show API keys, tokens, ids and signing secrets beside each other. Only the signing secret signs: for Stripe it begins with `whsec_`, for Twilio it is the Auth Token.',
  'body/reserialized':
    'The body was parsed and serialized again, and that text was hashed: spaces, key order, escapes or numbers differ. `express.json()`, `json=` in Python’s requests and logging middleware do this. Hash the bytes that are sent, or the bytes that arrived, never an object.',
  'body/missing':
    'The body was hashed before it was set, after a stream was read to its end, or as an object that prints as `[object Object]`. A proxy or a framework may have read it already. Read the body once, as bytes, and hash those.',
  'body/charset':
    'The text is right and its bytes are not: Latin-1, UTF-16, or UTF-8 that was encoded twice. It only fails with characters beyond ASCII, so tests pass and real data fails. Encode once, as UTF-8.',
  'body/newlines':
    'An editor ends a file with a newline, Git turns line ends into CRLF, a Windows tool puts a byte order mark in front. `curl --data` even strips line breaks. Send with `--data-binary`, and sign those bytes.',
  'body/transport-encoding':
    'API gateways hand a body over in base64, clients compress it, proxies take it apart into chunks. What is signed is the body as the sender made it: undo what the transport did, and no more.',
  'body/part-only':
    'Only one member of the body, such as `event` or `data.object`, was signed. The signature covers the whole body.',
  'body/form-encoding':
    'A form that was parsed and encoded again has different escapes: `+` or `%20` for a space, upper or lower case in escapes, empty fields left out. Use the text as it arrived.',
  'content-hash/encoding':
    'The hash is right, but it is written in hexadecimal instead of base64, or vice versa, or the hexadecimal text was encoded in base64. Encode the bytes of the digest (`digest()`), not its text (`hexdigest()`).',
  'content-hash/algorithm':
    'Sinch uses an MD5 of the body, Azure a SHA-256. Code written for one of them gives the wrong hash for the other.',
  'content-hash/mismatch':
    'The hash header belongs to another body: the body was changed after it was hashed, or the header was kept from the request before. Hash last, right before sending.',
  'content-hash/not-sent':
    'The hash was signed, but its header did not arrive: it was never set, or a proxy removed it. Set it with the value that was signed.',
  'url/absolute':
    'Azure signs the path and query, Sinch only the path, both without `https://` and host. Twilio and Plivo sign the full URL. In Postman `pm.request.url.toString()` is the whole URL, `getPathWithQuery()` is not.',
  'url/host':
    'The host was written with its port, without it, with `https://`, with a slash at its end, in capitals, or it is the one behind the proxy. Sign what the `Host` header carries, letter by letter.',
  'url/scheme':
    'TLS ends at a proxy, so the application sees `http://`, and the sender signed the `https://` that it called. Build the URL from `X-Forwarded-Proto` of a proxy you trust, or configure the public URL.',
  'url/path':
    'An extra or missing slash, a prefix that a proxy removes, a segment in a different case, or a path from an old version of the documentation. Sign the path of the request that goes out.',
  'url/path-encoding':
    'The path was decoded, encoded twice, or encoded by other rules: `:` as `%3A`, small letters in escapes. A URL class of the language often does so silently. Sign the path as it stands in the request line.',
  'url/query-omitted':
    'Azure signs the query (`?api-version=…`), Sinch does not. Code that signs `url.path` leaves it out, and code that signs the whole target includes it.',
  'url/query-order':
    'The parameters were signed in one order and sent in another, because they were sorted or came from a map. Sign the query as it is sent, unless the scheme asks for it to be sorted.',
  'url/query-encoding':
    'A space as `+` or as `%20`, a colon escaped or not: a query that is parsed and built again rarely comes out as it was. Sign the text that is sent.',
  'url/query-other':
    'The value of a parameter was changed between signing and sending. Usually it is `api-version`, which the program defines in two places.',
  'url/canonical-form':
    'AWS wants the path encoded once more (but not for S3), and the parameters sorted by name with `=` even where they have no value. Build the canonical request from the request that goes out.',
  'parameters/order':
    'The fields are signed sorted by name, whatever the order in which they were sent. A framework that gives them as a map in the order of arrival does not sort them.',
  'parameters/encoding':
    'The fields are signed decoded, and without `&` and `=` between them; some schemes want exactly that encoding. Take the decoded values that the framework gives, and join them as the scheme says.',
  'parameters/set':
    'Every field is signed, including empty ones and those that you do not use, but none that your framework added. Do not pick only the ones you know.',
  'url/hash':
    'The token holds a hash of the URL that the sender called. Behind a proxy the application sees another one. Configure the public URL, with the path that the sender was given.',
  'template/unresolved':
    'A script signed `{{callConnectionId}}`, and the client filled the value in afterwards. In Postman resolve it first: `pm.variables.replaceIn(…)`.',
  'header/name-case':
    'The names of the signed headers were written with capitals where the scheme wants small letters. On the wire the case of header names does not matter. In the signed bytes it does.',
  'header/signed-set':
    'The list in the header, the headers that were sent and those in the string to sign have to be the same, in the same order. Usually a header was added to one of the three and forgotten in the others.',
  'header/changed-in-transit':
    'A proxy, a relay or an HTTP library rewrote a header after it was signed. Sign as late as possible, and let the proxy pass that header on unchanged.',
  'header/content-type':
    'The client library adds `; charset=utf-8`, or sets a type where none was given, after the signature was made. Set the header yourself, and sign that value.',
  'header/content-length':
    'The length was counted in characters, where bytes are meant; or it is `0` where the scheme wants it empty for a request without a body. `"é".length` is 1, and two bytes are sent.',
  'header/authorization-syntax':
    'The header starts with the wrong word, or has a wrong separator, an extra part, or quotes. Azure wants `HMAC-SHA256 SignedHeaders=…&Signature=…`, Sinch `application KEY:SIGNATURE`.',
  'header/duplicated':
    'Two parts of the program add the same header, and both values are sent. Nobody can tell which one is meant, so the request is refused. Set the header instead of adding it.',
  'header/separator-inside':
    'The value contains the character that separates it from the next part of the string to sign, so two different requests could have the same signature. Verifiers must refuse that. Choose another value.',
  'header/canonical-form':
    'Signed headers have a canonical form: no spaces at the ends, one space for several, names sorted and in small letters. Sign that form.',
  'components/line':
    'Each line of the signature base is the quoted name, a colon, a space and the value. `@query` begins with its question mark, and names are in small letters.',
  'components/parameters':
    'The last line repeats the inner list and the parameters of `Signature-Input`, character by character. Take it from the header that is sent, and do not build it twice.',
  'date/format':
    'HTTP dates (`Mon, 27 May 2024 09:08:07 GMT`), ISO 8601 and seconds since 1970 are not the same text. Libraries print local time, `UTC` for `GMT`, or one digit for the day. Write the scheme’s format.',
  'date/clock-skew':
    'The signature is right, but too old: the message waited in a queue, was sent again from a log, or one of the clocks is wrong. Synchronize the clock; do not widen the tolerance.',
  'date/unit':
    'JavaScript counts milliseconds, most schemes seconds: `Date.now()` has three digits too many. Use the time as the sender wrote it, and convert only to compare it with the clock.',
  'date/not-the-one-sent':
    'The date was made twice: once for the string to sign, and once more for the header. If the second changes in between, they differ, so it fails now and then. Make it once, and use it in both places.',
  'date/other-message':
    'A message was sent again with a new time and the old signature, or a tool replaced the time. Sign each message anew.',
  'layout/newlines':
    'Each part has its own line, but the line endings are CRLF, doubled, or missing. On Windows a heredoc or `Environment.NewLine` does it. Use `\\n`.',
  'layout/literal-newline':
    "In single quotes (PHP, bash, Ruby) `\\n` is a backslash and an n. Use double quotes, `$'…'` in bash, or a newline itself.",
  'layout/trailing-newline':
    '`echo` ends with a newline, `printf %s` does not; a join puts one between the parts and none behind the last. Sign without one, unless the scheme says otherwise.',
  'layout/separator':
    'Each scheme has its own separator: a dot, a colon, a line break, semicolons. Code copied from another provider’s example uses the wrong one.',
  'layout/order':
    'The parts are in the order of another scheme, or of the headers as they were set. The order is part of the scheme.',
  'layout/part-missing':
    'A part was left out, is empty, or has a label that does not belong there (`x-timestamp:` does for Sinch, `host:` does not for Azure).',
  'method/case': 'The method is signed in upper case, but configuration files and axios often give `post`.',
  'method/other': 'The method was changed between signing and sending, or the signing code has it as a constant.',
  'digest/encoding':
    'The HMAC is right, but it is written in hexadecimal instead of base64, or vice versa, or in base64url. With openssl, `-binary` has to stand before `base64`.',
  'digest/algorithm':
    'SHA-1 was used instead of SHA-256, or vice versa, as in code for another provider or an older version of the header. GitHub sends both, in two headers.',
  'digest/not-hmac':
    'A hash of secret and message is not an HMAC, and neither is an HMAC of a hash. Use the HMAC function of the library, with the message itself.',
  'replay/repeated':
    'The same signature came a second time: a retry after a timeout, or somebody who captured it. A receiver that acts twice should know repeats by their replay key.',
  'token/malformed':
    'A token has three base64url parts without padding, with dots between them. This one was cut off when it was copied, encoded differently, or its header has a field twice.',
  'token/algorithm':
    'The token’s header names an algorithm that does not belong to the key. A verifier decides by the key, never by what the token says about itself.',
  'token/claim':
    'The issuer, the audience or the hash of the body is missing or wrong: the token belongs to another account, another region, or another message.',
  'resource/other':
    'The signature is right, but the host is wrong: a typo in the resource name, or the endpoint of a resource that the key does not belong to.',
  'rights/other':
    'The signature was recomputed and is right. Check what the key may do and whether the resource exists. For a webhook, check your own code that computes the signature.',
  'provider/at-fault':
    'The request comes from the provider’s documentation, but the signature printed there belongs to a different request.',
  'scheme/other':
    'A request that was signed for another provider or another version of the scheme, or that carries a token or a password instead of a signature.',
  'scheme/form-only':
    'Twilio and Plivo sign the fields of a form. A JSON body is not a form, so the signature does not cover it. Twilio has a scheme of its own for JSON, with a hash in the URL.',
  'scheme/basic':
    'User name and password in base64 say who sends the request, but do not protect its content. Some providers accept them instead of a signature, for tests.',
  'scheme/not-for-this-api': 'Not all APIs of a provider accept signed requests. Some need a token.',
  'scheme/look-alike':
    'The header belongs to a known scheme, but the host and path belong to no known service. Other services use the same header with their own rules.',
  'signature/damaged':
    'The signature was retyped, cut for a screenshot, pasted twice, or changed to lower case. Copy it whole.',
  'signature/one-of-several':
    'While a secret is rotated, a webhook carries a signature for the old one and one for the new. Accept the request if either matches.',
  'request/refused':
    'The signature matches, but no verifier may accept the request: a value could be read in two ways, appears twice, or is not valid in HTTP.',
};
