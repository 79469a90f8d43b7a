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
let isInTurn;

const files = {
  '/44100.wav': () => wav(44_100),
  '/8000.wav': () => wav(8_000),
  '/silence.mp3': () => mp3(),
  '/noise.bin': () => noise(),
};

/** What receivers of callbacks may answer: 1 MB. */
const callbackAnswers = {
  '/answer': JSON.stringify({ instructions: Array.from({ length: 40_000 }, () => ({ name: 'answer' })) }),
  '/answer/other': JSON.stringify({ other: Array.from({ length: 90_000 }, (_, at) => ({ k: at })) }),
  '/answer/prompts': JSON.stringify({
    instructions: Array.from({ length: 20_000 }, () => ({ name: 'say', text: 'a' })),
    action: { name: 'hangup' },
  }),
  '/answer/deep': '['.repeat(500_000) + ']'.repeat(500_000),
  '/answer/percents': JSON.stringify({
    instructions: [{ name: 'setCookie', key: 'a', value: '%25252B'.repeat(140_000) }],
  }),
};

const server = createServer((request, response) => {
  const file = files[request.url];
  if (file) return response.end(file());
  request.resume();
  const answer = callbackAnswers[request.url];
  response.end(answer ?? '');
});

answerParent({
  async start(options) {
    ({ port } = options);
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${server.address().port}`;
  },
  /** Brings about what an input needs, and makes its bytes: none of it counts. */
  async prepare(name) {
    const { prepare, requests, inTurn = false } = hostileInputs.find((input) => input.name === name);
    const prepared = await prepare?.({
      acsCall,
      exchangeIds,
      longCall,
      sendAll,
      answerUrl: `${origin}/answer`,
      application: developmentAccount.sinch.applicationKey,
    });
    isInTurn = inTurn;
    ready = requests({ prepared, mediaUrl: origin }).map((request) => requestBytes(port, request));
  },
  /** Sends what was prepared, all at once unless it is to be sent in turn. */
  async send() {
    const statuses = [];
    if (!isInTurn) statuses.push(...(await Promise.all(ready.map(statusOf))));
    else for (const bytes of ready) statuses.push(await statusOf(bytes));
    return statuses;
  },
});

async function statusOf(bytes) {
  return (await exchangeBytes(port, bytes)).status;
}

/** Sends a request that many times, and tells the ids of the exchanges. */
async function exchangeIds(request, times) {
  const bytes = requestBytes(port, request);
  const ids = [];
  for (let time = 0; time < times; time++) ids.push((await exchangeBytes(port, bytes)).exchange);
  return ids;
}

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

/** A call of which much is kept, by the id that the control API knows it by. */
async function longCall() {
  const id = await acsCall();
  const text = '7 '.repeat(2_400);
  const path = `/calling/callConnections/${id}:play?api-version=2024-04-15`;
  const body = JSON.stringify({
    playSources: [{ kind: 'text', text: { text, voiceName: 'en-US-JennyNeural' } }],
    operationContext: 'x'.repeat(5_000),
    interruptCallMediaOperation: true,
  });
  const headers = [['Content-Type', 'application/json']];
  await sendAll(Array.from({ length: 30 }, () => ({ path, headers, body, sign: 'acs' })));
  const { body: calls } = await exchangeBytes(port, requestBytes(port, { method: 'GET', path: '/_control/calls' }));
  return /"id":"([^"]+)"/.exec(calls)?.[1];
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
