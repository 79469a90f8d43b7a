// Events without a server: each body gets its RS256 token from jose and is posted by fetch (undici).
import { generateKeyPair, SignJWT } from 'jose';
import { answerParent } from './parent.js';

const { privateKey } = await generateKeyPair('RS256');

async function post(url, body) {
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'RS256', kid: 'bench', typ: 'JWT' })
    .setIssuer('https://acscallautomation.communication.azure.com')
    .setAudience('c0157e51-0000-4000-8000-000000000001')
    .setNotBefore('0s')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(privateKey);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json; charset=utf-8', Authorization: `Bearer ${token}` },
    body,
  });
  await response.text();
  if (!response.ok) throw new Error(`the receiver answered ${response.status}`);
}

answerParent({
  /** @returns {Promise<number>} milliseconds */
  async post({ url, bodies, atATime }) {
    const started = performance.now();
    let next = 0;
    const worker = async () => {
      while (next < bodies.length) await post(url, bodies[next++]);
    };
    await Promise.all(Array.from({ length: atATime }, worker));
    return performance.now() - started;
  },
});
