// Sends the inputs of ../hostile-inputs.js, one when asked, and serves the files and answers that they lead the server to.
import { developmentAccount } from '@countersign/core/development-account';
import { createServer } from 'node:http';
import { hostileInputs } from '../hostile-inputs.js';
import { answerParent } from './parent.js';
import { exchangeBytes, requestBytes } from './signed-bytes.js';

const fileBytes = 10_000_000;
let port;
let origin;
let ready;

const files = {
  '/44100.wav': () => wav(44_100),
  '/8000.wav': () => wav(8_000),
  '/silence.mp3': () => mp3(),
  '/noise.bin': () => noise(),
};

const server = createServer((request, response) => {
  const file = files[request.url];
  if (file) return response.end(file());
  request.resume();
  if (request.url !== '/answer') return response.end();
  response.end(JSON.stringify({ instructions: Array.from({ length: 40_000 }, () => ({ name: 'answer' })) }));
});

answerParent({
  async start(options) {
    ({ port } = options);
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${server.address().port}`;
  },
  /** Brings about what an input needs, and makes its bytes: none of it counts. */
  async prepare(name) {
    const { prepare, requests } = hostileInputs.find((input) => input.name === name);
    const prepared = await prepare?.({
      acsCall,
      sendAll,
      answerUrl: `${origin}/answer`,
      application: developmentAccount.sinch.applicationKey,
    });
    ready = requests({ prepared, mediaUrl: origin }).map((request) => requestBytes(port, request));
  },
  /** Sends what was prepared, all at once. */
  async send() {
    const answers = await Promise.all(ready.map((bytes) => exchangeBytes(port, bytes)));
    return answers.map(({ status }) => status);
  },
});

async function sendAll(requests) {
  const answers = [];
  for (const request of requests) answers.push(await exchangeBytes(port, requestBytes(port, request)));
  const refused = answers.find(({ status }) => status < 200 || status >= 300);
  if (refused) throw new Error(`the preparation was answered with ${refused.status}: ${refused.body.slice(0, 300)}`);
  return answers;
}

/** A call that was answered. */
async function acsCall() {
  const body = JSON.stringify({
    targets: [{ kind: 'phoneNumber', phoneNumber: { value: '+12065550110' } }],
    sourceCallerIdNumber: { value: '+12065550100' },
    callbackUri: `${origin}/events`,
    callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://contoso.cognitiveservices.azure.com/' },
  });
  const headers = [['Content-Type', 'application/json']];
  const [created] = await sendAll([
    { path: '/calling/callConnections?api-version=2024-04-15', headers, body, sign: 'acs' },
  ]);
  await new Promise((resolve) => setTimeout(resolve, 500));
  return JSON.parse(created.body).callConnectionId;
}

/** 16 bits, mono, a saw tooth. */
function wav(rate) {
  const head = Buffer.alloc(44);
  head.write('RIFF');
  head.writeUInt32LE(fileBytes - 8, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(fileBytes - 44, 40);
  return Buffer.concat([head, Buffer.alloc(fileBytes - 44, Buffer.from([0, 0, 0, 16, 0, 32, 0, 48]))]);
}

/** Frames of silence: MPEG 1, layer III, 128 kbit/s, 44.1 kHz, mono; 417 bytes each, of which all but the head are 0. */
function mp3() {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0xc0]);
  return Buffer.alloc(417 * Math.floor(fileBytes / 417), frame);
}

function noise() {
  return Buffer.alloc(fileBytes, Buffer.from('RIFF\xff\xfbID3\x00', 'latin1'));
}
