/**
 * What an application does over https, in a process of its own: trust is decided when Node starts. Prints one JSON value.
 * Arguments: the server's address, a connection string, a bearer token, a callback address, the host of recordings, which
 * leads to this machine as a line of the hosts file would have it.
 */
import dns from 'node:dns';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { CallAutomationClient } from '@azure/communication-call-automation';
import { CallAutomationClient as OlderClient } from 'acs-call-automation-1.2';

const [url, connectionString, token, callback, recordingHost] = process.argv.slice(2);
const { lookup } = dns;
dns.lookup = (name, ...rest) => lookup(name === recordingHost ? 'localhost' : name, ...rest);

const target = {
  targetParticipant: { phoneNumber: '+15555550123' },
  sourceCallIdNumber: { phoneNumber: '+12065550100' },
};

const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 600_000 }) };
const current = new CallAutomationClient(url, credential);
const { callConnectionProperties } = await current.createCall(target, callback);

const older = new OlderClient(connectionString);
const { callConnection } = await older.createCall(target, callback);
let properties = await callConnection.getCallConnectionProperties();
while (properties.callConnectionState !== 'connected') {
  await pause(20);
  properties = await callConnection.getCallConnectionProperties();
}
const recordings = older.getCallRecording();
const callLocator = { kind: 'serverCallLocator', id: properties.serverCallId };
const { recordingId } = await recordings.start({ callLocator });
await recordings.stop(recordingId);
const content = `${url}/calling/recordings/${recordingId}/content`;
const chunks = [];
for await (const chunk of await recordings.downloadStreaming(content)) chunks.push(chunk);
const folder = await mkdtemp(join(tmpdir(), 'countersign-download-'));
await recordings.downloadToPath(content, join(folder, 'recording.wav'));
const saved = await readFile(join(folder, 'recording.wav'));
await rm(folder, { recursive: true });
const sink = new PassThrough();
const [piped] = await Promise.all([buffer(sink), recordings.downloadToStream(content, sink)]);
const named = new URL(content);
named.hostname = recordingHost;
const currentRecordings = new CallAutomationClient(connectionString).getCallRecording();
const refused = await currentRecordings.downloadStreaming(content).then(
  () => 'taken',
  ({ message }) => /only URLs pointing to \*\.asm\.skype\.com/i.test(message),
);
const downloaded = await buffer(await currentRecordings.downloadStreaming(named.href));
await currentRecordings.delete(named.href);
const afterwards = await recordings.delete(content).then(
  () => 'deleted twice',
  () => 'refused',
);
console.log(
  JSON.stringify({
    bearer: callConnectionProperties.callConnectionState,
    downloaded: Buffer.concat(chunks).subarray(0, 12).toString('latin1'),
    same: [saved, piped, downloaded].map((file) => file.equals(Buffer.concat(chunks))),
    refused,
    afterwards,
  }),
);
