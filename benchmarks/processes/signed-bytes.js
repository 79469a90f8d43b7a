// Signed requests as bytes for a socket, so that what is sent is exactly what was meant, however odd.
import { developmentAccount } from '@countersign/core/development-account';
import { message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { connect } from 'node:net';

const { acs, sinch } = developmentAccount;
const wrong = new Secret(Buffer.from('a key that is not the account’s').toString('base64'), 'base64');
const signers = {
  acs: [acsHmac, { secret: new Secret(acs.accessKey, 'base64') }],
  'wrong-acs': [acsHmac, { secret: wrong }],
  sinch: [sinchApplication, { keyId: sinch.applicationKey, secret: new Secret(sinch.applicationSecret, 'base64') }],
  'wrong-sinch': [sinchApplication, { keyId: sinch.applicationKey, secret: wrong }],
};

/**
 * @param {number} port
 * @param {{ method?: string, path: string, host?: string, headers?: string[][], body?: string | Uint8Array, sign?: keyof typeof signers }} request
 */
export function requestBytes(
  port,
  { method = 'POST', path, host = `127.0.0.1:${port}`, headers = [], body = '', sign: by },
) {
  const bytes = Buffer.from(body);
  const unsigned = message({ method, url: 'http://127.0.0.1/', headers: [], body: bytes });
  const given = [['Host', host], ['Content-Length', String(bytes.length)], ['Connection', 'close'], ...headers];
  const request = { ...unsigned, target: path, headers: given };
  const signing = by === undefined ? [] : sign(signers[by][0], signers[by][1], request).headers;
  const lines = [...given, ...signing].map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines}\r\n`), bytes]);
}

/** Sends bytes, and reads the answer to the end of its connection. A server that closes early has answered, too. */
export function exchangeBytes(port, bytes) {
  return new Promise((resolve) => {
    const chunks = [];
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => {});
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const headEnd = text.indexOf('\r\n\r\n');
      const exchange = /^x-countersign-exchange: (\S+)/im.exec(text.slice(0, headEnd))?.[1];
      resolve({ status: Number(text.slice(9, 12)), body: text.slice(headEnd + 4), exchange });
    });
  });
}
