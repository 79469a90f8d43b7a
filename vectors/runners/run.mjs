// Checks key + string to sign → signature of every vector that is made with a shared secret: node run.mjs [folder]
import { createHash, createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

const folder = process.argv[2] ?? new URL('..', import.meta.url).pathname;
const decoders = {
  utf8: (text) => Buffer.from(text, 'utf8'),
  hex: (text) => Buffer.from(text, 'hex'),
  base64: (text) => Buffer.from(text, 'base64'),
  whsec: (text) => Buffer.from(text.replace(/^whsec_/, ''), 'base64'),
};
let count = 0;
const wrong = [];
for (const path of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.json'))) {
  const file = JSON.parse(readFileSync(`${folder}/${path}`, 'utf8'));
  if (file.kind !== 'sign' || !file.mac) continue;
  for (const { id, key, stages } of file.vectors) {
    const { algorithm, encoding } = key.mac ? file.mac.choices[key.mac] : file.mac;
    const secret = stages.signingKey ? decoders.hex(stages.signingKey) : decoders[file.keyEncoding](key.secret);
    const string = stages.stringToSign;
    const data = typeof string === 'string' ? decoders.utf8(string) : decoders.base64(string.base64);
    const digest =
      algorithm === 'md5-suffix'
        ? createHash('md5').update(data).update(secret).digest()
        : createHmac(algorithm, secret).update(data).digest();
    const signature = encoding === 'upper-hex' ? digest.toString('hex').toUpperCase() : digest.toString(encoding);
    count += 1;
    if (signature !== stages.signature) wrong.push(`${path} ${id}: ${signature}, expected ${stages.signature}`);
  }
}
console.log([...wrong, `${count} vectors, ${wrong.length} wrong`].join('\n'));
process.exitCode = wrong.length > 0 || count === 0 ? 1 : 0;
