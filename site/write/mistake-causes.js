/** Why: whoever has a mistake wants to know where it comes from. Of each the usual ways, and the cure in a sentence. */

/** By id; markdown. */
export const mistakeCauses = {
  'key/encoding':
    'Azure and Sinch show a key as base64, and the HMAC wants the bytes that it stands for; Stripe and Twilio show a text that is the key as it stands. A library that does one thing for all of them is wrong for half. Decode the secret where the scheme says so, and nowhere else.',
  'key/stray-characters':
    '`echo "$SECRET" > file` adds a newline, a `.env` file keeps quotes, a copy from a web page brings a space or loses a character. Trim what you read, and compare the length with what the provider shows.',
  'key/other':
    'An environment variable that is not set signs with the text `undefined` or with nothing. Otherwise it is the secret of another endpoint, of another account, of the test environment, or the one before a rotation. Refuse to start without a secret.',
  'key/id':
    'Key and secret belong together, and one of them was copied from another application, or the id is written in another spelling than the provider knows.',
  'key/prefix':
    '`whsec_`, `accesskey=` or `Bearer ` stand before many secrets. With some providers the prefix is part of the key, with others it has to be cut off before the rest is decoded.',
  'key/swapped-with-message':
    'Libraries do not agree on the order of the arguments: `hmac(key, message)` in one is `hmac(message, key)` in another. Name the arguments where the language can.',
  'key/derivation':
    'AWS Signature Version 4 derives the key of a day, a region and a service: four HMACs, one on the result of the other, the first of them with `AWS4` before the secret. A step that is left out or out of order gives another key.',
  'key/kind':
    'Dashboards show API keys, tokens, ids and signing secrets beside each other. Only the signing secret signs: for Stripe it begins with `whsec_`, for Twilio it is the Auth Token.',
  'body/reserialized':
    'The body was parsed and written again, and the hash is of that text: other spaces, another order of keys, other escapes, other numbers. `express.json()`, `json=` in Python’s requests and logging middleware do it. Hash the bytes that go out, or the bytes that arrived, and never an object.',
  'body/missing':
    'The body was hashed before it was set, after a stream was read to its end, or as an object that prints as `[object Object]`. A proxy or a framework may have read it already. Read the body once, as bytes, and hash those.',
  'body/charset':
    'The text is right and its bytes are not: Latin-1, UTF-16, or UTF-8 that was encoded twice. It shows only with letters beyond ASCII, so the tests pass and customers do not. Encode once, as UTF-8.',
  'body/newlines':
    'An editor ends a file with a newline, Git turns line ends into CRLF, a Windows tool puts a byte order mark in front. `curl --data` even strips line breaks. Send with `--data-binary`, and sign those bytes.',
  'body/transport-encoding':
    'API gateways hand a body over in base64, clients compress it, proxies take it apart into chunks. What is signed is the body as the sender made it: undo what the transport did, and no more.',
  'body/part-only':
    'The handler was given one member of the body, such as `event` or `data.object`, and signed that. The signature is over all of it.',
  'body/form-encoding':
    'A form that was parsed and written again has other escapes: `+` or `%20` for a space, capital or small letters in escapes, empty fields left out. Use the text as it arrived.',
  'content-hash/encoding':
    'The hash is right and is written in hexadecimal where base64 belongs, or the reverse; or the hexadecimal text was encoded in base64. Encode the bytes of the digest (`digest()`), not its text (`hexdigest()`).',
  'content-hash/algorithm':
    'Sinch takes an MD5 of the body, Azure a SHA-256. Code that was written for one of them gives the other’s hash.',
  'content-hash/mismatch':
    'The hash header belongs to another body: the body was changed after it was hashed, or the header was kept from the request before. Hash last, right before sending.',
  'content-hash/not-sent':
    'The hash was signed, and its header did not arrive: it was never set, or a proxy took it away. Set it with the value that was signed.',
  'url/absolute':
    'Azure and Sinch sign path and query, and `https://` with the host is too much; Twilio and Plivo sign the whole URL, and a path alone is too little. In Postman `pm.request.url.toString()` is the whole URL, `getPathWithQuery()` is not.',
  'url/host':
    'The host was written with its port, without it, with `https://`, with a slash at its end, in capitals, or it is the one behind the proxy. Sign what the `Host` header carries, letter by letter.',
  'url/scheme':
    'TLS ends at a proxy, so the application sees `http://`, and the sender signed the `https://` that it called. Build the URL from `X-Forwarded-Proto` of a proxy you trust, or configure the public URL.',
  'url/path':
    'A slash too many or too few, a prefix that a proxy cuts off, a segment in another case, or a path from an old version of the documentation. Sign the path of the request that goes out.',
  'url/path-encoding':
    'The path was decoded, encoded twice, or encoded by other rules: `:` as `%3A`, small letters in escapes. A URL class of the language often does so silently. Sign the path as it stands in the request line.',
  'url/query-omitted':
    'Azure signs the query (`?api-version=…`), Sinch does not. Code that takes `url.path` loses it, code that takes the whole target has it too much.',
  'url/query-order':
    'The parameters were sorted, or a map gave them in its own order, and the request went out in another. Sign the query as it is sent; where a scheme wants it sorted, it says so.',
  'url/query-encoding':
    'A space as `+` or as `%20`, a colon escaped or not: a query that is parsed and built again rarely comes out as it was. Sign the text that is sent.',
  'url/query-other':
    'The value of a parameter was changed between signing and sending. Mostly it is `api-version`, which stands in two constants of the program.',
  'url/canonical-form':
    'AWS wants the path encoded once more (but not for S3), and the parameters sorted by name with `=` even where they have no value. Build the canonical request from the request that goes out.',
  'parameters/order':
    'The fields are signed sorted by name, whatever the order in which they were sent. A framework that gives them as a map in the order of arrival does not sort them.',
  'parameters/encoding':
    'The fields are signed decoded, and without `&` and `=` between them; some schemes want exactly that encoding. Take the decoded values that the framework gives, and join them as the scheme says.',
  'parameters/set':
    'Every field is signed, those with an empty value and those that you do not use as well, and none that your framework added. Do not pick out the ones you know.',
  'url/hash':
    'The token holds a hash of the URL that the sender called. Behind a proxy the application sees another one. Configure the public URL, with the path that the sender was given.',
  'template/unresolved':
    'A script signed `{{callConnectionId}}`, and the client filled the value in afterwards. In Postman resolve it first: `pm.variables.replaceIn(…)`.',
  'header/name-case':
    'The names of the signed headers were written with capitals where the scheme wants small letters. Names of headers mean the same in any case on the wire, but not in the bytes that are signed.',
  'header/signed-set':
    'The list in the header, the headers that were sent and those in the string to sign have to be the same, in the same order. Mostly one was added to one of the three and forgotten in the others.',
  'header/changed-in-transit':
    'A proxy, a relay or an HTTP library rewrote a header after it was signed. Sign as late as possible, and let the proxy pass that header on unchanged.',
  'header/content-type':
    'The client library adds `; charset=utf-8`, or sets a type where none was given, after the signature was made. Set the header yourself, and sign that value.',
  'header/content-length':
    'The length was counted in characters, where bytes are meant; or it is `0` where the scheme wants it empty for a request without a body. `"é".length` is 1, and two bytes are sent.',
  'header/authorization-syntax':
    'The header has the wrong word in front, a wrong separator, a part too many, or quotes. Azure wants `HMAC-SHA256 SignedHeaders=…&Signature=…`, Sinch `application KEY:SIGNATURE`.',
  'header/duplicated':
    'Two pieces of the program set the same header, and both values are sent. Which one is meant nobody can tell, so it is refused. Set it, rather than add it.',
  'header/separator-inside':
    'The value holds the very character that ends it in the string to sign, so two requests would be signed alike. No verifier may accept that: choose another value.',
  'header/canonical-form':
    'Signed headers have a canonical form: no spaces at the ends, one space for several, names sorted and in small letters. Sign that form, and send what you like.',
  'components/line':
    'Each line of the signature base is the quoted name, a colon, a space and the value. `@query` begins with its question mark, and names are in small letters.',
  'components/parameters':
    'The last line repeats the inner list and the parameters of `Signature-Input`, character by character. Take it from the header that is sent, and do not build it twice.',
  'date/format':
    'HTTP dates (`Mon, 27 May 2024 09:08:07 GMT`), ISO 8601 and seconds since 1970 are not the same text. Libraries print local time, `UTC` for `GMT`, or one digit for the day. Write the scheme’s format.',
  'date/clock-skew':
    'The signature is right, and too old: the message waited in a queue, was sent again from a log, or one of the clocks is wrong. Synchronize the clock; do not widen the tolerance.',
  'date/unit':
    'JavaScript counts milliseconds, most schemes seconds: `Date.now()` has three digits too many. Use the time as the sender wrote it, and convert only to compare it with the clock.',
  'date/not-the-one-sent':
    'The date was made twice: once for the string to sign, and once more for the header. A second later they differ, so it fails now and then. Make it once, and use it in both places.',
  'date/other-message':
    'A message was sent again with a new time and the old signature, or a tool replaced the time. Sign each message anew.',
  'layout/newlines':
    'The parts stand on lines of their own, and the line ends are CRLF, doubled, or missing. On Windows a heredoc or `Environment.NewLine` does it. Use `\\n`.',
  'layout/literal-newline':
    "In single quotes (PHP, bash, Ruby) `\\n` is a backslash and an n. Use double quotes, `$'…'` in bash, or a newline itself.",
  'layout/trailing-newline':
    '`echo` ends with a newline, `printf %s` does not; a join puts one between the parts and none behind the last. Sign without one, unless the scheme says otherwise.',
  'layout/separator':
    'Each scheme has its own characters between the parts: a dot, a colon, a line break, semicolons. Copied code brings those of another provider.',
  'layout/order':
    'The parts are in the order of another scheme, or of the headers as they were set. The order is part of the scheme.',
  'layout/part-missing':
    'A part was left out, is empty, or has a label that does not belong there (`x-timestamp:` does for Sinch, `host:` does not for Azure).',
  'method/case':
    'The method is signed in capitals, and code that takes it from a configuration or from axios has `post`.',
  'method/other': 'The method was changed between signing and sending, or the signing code has it as a constant.',
  'digest/encoding':
    'The HMAC is right and is written in hexadecimal where base64 belongs, or the reverse, or in base64 for URLs. With openssl, `-binary` has to stand before `base64`.',
  'digest/algorithm':
    'SHA-1 for SHA-256 or the reverse, as in code for another provider or for an older version of the header. GitHub sends both, in two headers.',
  'digest/not-hmac':
    'A hash of secret and message is no HMAC, and neither is an HMAC of a hash. Use the HMAC function of the library, with the message itself.',
  'replay/repeated':
    'The same signature came a second time: a retry after a timeout, or somebody who captured it. A receiver that acts twice should know repeats by their [replay key](/schemes/index.md#refusing-repeats).',
  'token/malformed':
    'A token has three parts in base64 for URLs, without padding, with dots between them. It was cut when it was copied, encoded otherwise, or has two headers in one.',
  'token/algorithm':
    'The header of the token names an algorithm that is not the one that the key is used with. A verifier decides by the key, and never by what the token says of itself.',
  'token/claim':
    'Issuer, audience or the hash of the body is missing or another one: the token belongs to another account, another region, or another message.',
  'resource/other':
    'A right signature for a host that is not the service’s: a typo in the resource name, or the endpoint of another resource than the key is of.',
  'rights/other':
    'The signature was recomputed and is right. What is left is what the key may do, whether the resource exists, or, for a webhook, code of yours that computes something else.',
  'provider/at-fault':
    'The request is the one of the provider’s documentation, and the signature printed beside it belongs to another one. [The whole story](/recipes/sinch-page-misprint.md).',
  'scheme/other':
    'A request that was signed for another provider or another version of the scheme, or that carries a token or a password, which are no signatures.',
  'scheme/form-only':
    'Twilio and Plivo sign the fields of a form. A body that is JSON is not among them, so the signature says nothing of it. Twilio has a scheme of its own for JSON, with a hash in the URL.',
  'scheme/basic':
    'User name and password in base64 say who sends, and nothing of the request. Some providers take them where they take signatures, for tests.',
  'scheme/not-for-this-api':
    'One provider has several APIs, and not all of them take signed requests: some want a token.',
  'scheme/look-alike':
    'The header is that of a known scheme, and host and path are of no known service. Other services use the same header with a rule of their own.',
  'signature/damaged':
    'The signature was retyped, cut for a screenshot, pasted twice, or lost its capitals on the way. Copy it whole.',
  'signature/one-of-several':
    'While a secret is rotated, a webhook carries a signature for the old one and one for the new. Accept the request if any of them fits.',
  'request/refused':
    'The signature fits, and the request is still none that a verifier may accept: a value could be read in two ways, stands there twice, or is none that HTTP can carry.',
};
