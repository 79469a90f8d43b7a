import { describe, expect, test } from 'vitest';
import { bundle, signOnly, sizeBounds, verifyOnly } from '../bundle.js';

/** The files of this repository's core and of its dependencies that are left in a bundle, without their folders. */
const modulesOf = async (source: string, external: string[] = []): Promise<string[]> => {
  const { modules } = await bundle(source, { external });
  return modules.map((path: string) => path.replace(/^.*packages\/core\/dist\//, '').replace(/^.*node_modules\//, ''));
};

/** `npm test` takes one scheme of each kind: requests, webhooks, several signatures; the matrix takes all. */
const sampled = ['acs-hmac', 'sinch-application', 'twilio', 'stripe'];
const bundled = Object.entries(signOnly).filter(([id]) => process.env['MATRIX'] === 'all' || sampled.includes(id));

describe('one entry never drags in another', () => {
  test.each(bundled)('signing as %s carries one scheme, and nothing of verifying or diagnosing', async (id, source) => {
    const modules = await modulesOf(source);
    expect(modules.filter((path) => path.startsWith('schemes/'))).toEqual([`schemes/${id}.js`]);
    const others =
      /^(?:verify|claims|fetch|receive|keys\/|acs-event-token|token-verifier|outgoing\/|content-hasher|deviations\/|diagnose\/|providers\/|digest\/node|digest\/one-shot)/;
    expect(modules.filter((path) => others.test(path))).toEqual([]);
    expect(modules.filter((path) => /^jose|sha512/.test(path))).toEqual([]);
    // SHA-512 stands in the file of SHA-256; this is the first of its constants (FIPS 180-4 §4.2.3).
    const sha512 = /0x428a2f98d728ae22/i;
    expect((await bundle(source)).text).not.toMatch(sha512);
    expect((await bundle(`import '@countersign/core/sha512'`)).text).toMatch(sha512);
  });

  test.each([
    ['acs-hmac', []],
    ['github', ['parts/body.js']],
    ['slack', ['parts/body.js', 'parts/literal.js']],
  ])('signing as %s carries the body and literals only where it signs them', async (id, carried) => {
    const modules = await modulesOf(signOnly[id] ?? '');
    expect(modules.filter((path) => /^parts\/(?:body|literal)\.js$/.test(path)).toSorted()).toEqual(carried);
  });

  test('verifying carries no scheme, no diagnosis and no provider’s routes', async () => {
    const modules = await modulesOf(`export { verify } from '@countersign/core/verify'`);
    expect(modules).toContain('verify.js');
    expect(modules.filter((path) => /^(?:schemes|diagnose|providers)\//.test(path))).toEqual([]);
  });

  test.each(Object.entries(verifyOnly))(
    'verifying by public keys as %s carries one scheme, WebCrypto’s door, and no diagnosis',
    async (id, source) => {
      const modules = await modulesOf(source);
      expect(modules.filter((path) => path.startsWith('schemes/'))).toEqual([`schemes/${id}.js`]);
      expect(modules).toContain('digest/web-keys.js');
      const others =
        /^(?:diagnose|providers|requests)\/|^(?:sign\.|sign-async|receive|fetch)|private-key|^jose|digest\/node/;
      expect(modules.filter((path) => others.test(path))).toEqual([]);
    },
  );

  test('who has shared secrets alone carries nothing of public keys', async () => {
    const modules = await modulesOf(`
      export { verify } from '@countersign/core/verify';
      export { sign } from '@countersign/core/sign';
      export { Secret } from '@countersign/core/secret';
      export { defineScheme } from '@countersign/core/scheme';`);
    expect(modules.filter((path) => /keys|public-key|check-key|base64url|-async/.test(path))).toEqual([]);
  });

  test('receiving carries no scheme, no diagnosis and no provider’s routes', async () => {
    const modules = await modulesOf(`export { receiver } from '@countersign/core/receiver'`);
    expect(modules).toContain('receiver.js');
    expect(modules.filter((path) => /^(?:schemes|diagnose|providers|sign\.js|fetch)\/?/.test(path))).toEqual([]);
  });

  test('only the event token carries jose, and it carries no signing', async () => {
    const source = `export { acsEventTokenVerifier } from '@countersign/core/acs-event-token'`;
    const modules = await modulesOf(source);
    expect(modules.some((path) => path.startsWith('jose/'))).toBe(true);
    expect(modules.filter((path) => /^(?:sign|verify|secret|schemes\/|digest\/)/.test(path))).toEqual([]);
  });

  test('a bundle for browsers has nothing of Node in it', async () => {
    for (const source of [
      ...bundled.map(([, signing]) => signing),
      `export * from '@countersign/core/fetch'; export * from '@countersign/core/receive'`,
    ]) {
      const { modules } = await bundle(source);
      expect(modules.filter((path: string) => path.startsWith('node:') || path.includes('digest/node'))).toEqual([]);
    }
  });
});

test.each(bundled)('signing as %s stays small, digests and all', async (id, source) => {
  const whole = await bundle(source);
  const bound = sizeBounds[id] ?? 0;
  expect(whole.gzippedBytes).toBeLessThanOrEqual(bound + 3700);
  const withoutDigests = await bundle(source, { external: ['#digest'] });
  expect(withoutDigests.gzippedBytes).toBeLessThanOrEqual(bound);
});
