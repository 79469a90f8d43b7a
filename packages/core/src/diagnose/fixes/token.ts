import type { Fixes } from '../diagnosis.ts';
import { assigned, fixesOf, type Expressions } from './statement.ts';

/** How a token is made or verified rightly, by each language's usual library: never by hand, never with `none`. */
const verified: Expressions = {
  javascript:
    "const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), { algorithms: ['HS256'] });",
  python: "claims = jwt.decode(token, secret, algorithms=['HS256'])",
  csharp:
    'var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new() { IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)), ValidAlgorithms = ["HS256"], ValidateAudience = false });',
  java: 'DecodedJWT claims = JWT.require(Algorithm.HMAC256(secret)).build().verify(token);',
  php: "$claims = JWT::decode($token, new Key($secret, 'HS256'));",
  go: 'parsed, err := jwt.Parse(token, func(*jwt.Token) (any, error) { return []byte(secret), nil }, jwt.WithValidMethods([]string{"HS256"}))',
  ruby: "claims, = JWT.decode(token, secret, true, algorithm: 'HS256')",
  bash: `printf %s "\${token%.*}" | openssl dgst -sha256 -hmac "$secret" -binary | openssl base64 -A | tr '+/' '-_' | tr -d '='`,
  powershell:
    "[Convert]::ToBase64String([Security.Cryptography.HMACSHA256]::new([Text.Encoding]::UTF8.GetBytes($secret)).ComputeHash([Text.Encoding]::UTF8.GetBytes($token.Substring(0, $token.LastIndexOf('.'))))).TrimEnd('=').Replace('+', '-').Replace('/', '_')",
  postman: 'const [header, claims, signature] = token.split(".");',
};

const remarks = {
  javascript: 'jose; the algorithm named, never taken from the token',
  python: 'PyJWT; the algorithm named',
  csharp: 'the algorithm named',
  java: 'java-jwt',
  php: 'firebase/php-jwt',
  go: 'golang-jwt; the algorithm named',
  ruby: 'ruby-jwt; the algorithm named',
  bash: 'equal to what stands behind the last dot',
  powershell: 'equal to what stands behind the last dot',
} as const;

/** Code that verifies a token with its algorithm named. */
export const tokenFixes: Fixes = fixesOf((language) => {
  const expression = verified[language];
  return typeof expression === 'string' ? expression : expression.line;
}, remarks);

/** Code that hashes the public URL as the scheme's tokens do. */
export const urlHashFixes: Fixes = assigned(
  'urlHash',
  'text',
  {
    javascript: "createHash('sha256').update(publicOrigin + request.originalUrl).digest('hex')",
    python: 'hashlib.sha256((public_origin + target).encode()).hexdigest()',
    csharp: 'Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(publicOrigin + target))).ToLowerInvariant()',
    java: 'HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest((publicOrigin + target).getBytes(StandardCharsets.UTF_8)))',
    php: "hash('sha256', $publicOrigin . $_SERVER['REQUEST_URI'])",
    go: { line: 'sum := sha256.Sum256([]byte(publicOrigin + r.RequestURI)); urlHash := hex.EncodeToString(sum[:])' },
    ruby: 'OpenSSL::Digest::SHA256.hexdigest(public_origin + request.original_fullpath)',
    bash: '$(printf %s "$public_origin$target" | openssl dgst -sha256 -binary | od -An -v -tx1 | tr -d \' \\n\')',
    powershell:
      "[BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes($publicOrigin + $target))).Replace('-', '').ToLowerInvariant()",
    postman: 'CryptoJS.SHA256(publicOrigin + url).toString(CryptoJS.enc.Hex)',
  },
  'scheme and host as the sender was told, path and query as they arrived',
);
