import { assigned } from './statement.ts';

/** Code that counts the body that is sent. */
export const lengthFixes = assigned(
  'contentLength',
  'text',
  {
    javascript: 'String(Buffer.byteLength(body))',
    python: 'str(len(body))',
    csharp: 'body.Length.ToString(CultureInfo.InvariantCulture)',
    java: 'String.valueOf(body.length)',
    php: '(string) strlen($body)',
    go: 'strconv.Itoa(len(body))',
    ruby: 'body.bytesize.to_s',
    bash: '$(printf %s "$body" | wc -c | tr -d \' \')',
    powershell: '$body.Length.ToString()',
    postman: "String(CryptoJS.enc.Utf8.parse(pm.variables.replaceIn(pm.request.body?.raw ?? '')).sigBytes)",
  },
  'in bytes, not in characters',
);
