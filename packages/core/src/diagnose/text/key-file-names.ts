/** Names that people give to the file of a key, with the folders that they call it from. */
export const keyFileNames: readonly string[] = [
  'private',
  'privateKey',
  'private-key',
  'private_key',
  'key',
  'secret',
  'server',
  'jwt',
  'rsa-private',
  'ec-private',
  'id_ed25519',
  'id_rsa',
  'public',
  'publicKey',
  'public-key',
  'public_key',
].flatMap((name) => ['.pem', '.key', ''].flatMap((ending) => [`${name}${ending}`, `./${name}${ending}`]));

/** Whether a text is the name of such a file, and no key. */
export function isKeyFileName(text: string): boolean {
  return /^[\w .~:/\\-]{1,200}\.(?:pem|key|p8|der|crt|cer)$/i.test(text.trim());
}
