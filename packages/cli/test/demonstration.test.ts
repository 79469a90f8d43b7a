import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '@countersign/server';
import { demonstrate } from '../src/demo/demonstration.ts';
import { developmentAccount } from '@countersign/core/development-account';
import { nextSteps } from '../src/demo/next-steps.ts';
import type { Terminal } from '../src/terminal.ts';
import { runCommand } from './run-command.ts';
import { virtualServer, whileTimePasses } from './running-server.ts';

let server: RunningServer;
beforeAll(async () => void (server = await virtualServer()));
afterAll(() => server.close());

function recordingTerminal(): { terminal: Terminal; lines: string[] } {
  const lines: string[] = [];
  const plain = (_: unknown, text: string): string => text;
  const ignore = (): void => {};
  const terminal: Terminal = {
    result: (value) => void lines.push(String(value)),
    say: ignore,
    note: ignore,
    json: ignore,
    hide: ignore,
    paint: plain,
    paintError: plain,
    exit: ignore,
    wantsJson: false,
    env: {},
  };
  return { terminal, lines };
}

test('the demonstration calls through both providers, over HTTP, and tells every request and event', async () => {
  const { terminal, lines } = recordingTerminal();
  const outcomes = await whileTimePasses(server, demonstrate(server.url, terminal));
  expect(outcomes).toMatchObject([
    { answered: true, spoken: true },
    { answered: true, spoken: true },
  ]);
  const told = lines.map((line) => line.replace(/^\s*[\d.]+ s {2}/, '').replaceAll(/[0-9a-f-]{36}/g, 'ID'));
  const inOrder = [
    /^acs {4}-> {2}POST \/calling\/callConnections\?api-version=\S+ {2}201$/,
    /^acs {4}<- {2}CallConnected {2}token verified$/,
    /^acs {4}-> {2}POST \/calling\/callConnections\/ID:play\?\S+ {2}202$/,
    /^acs {4}<- {2}PlayCompleted {2}token verified$/,
    /^acs {4}-> {2}DELETE \S+ {2}204$/,
    /^acs {4}<- {2}CallDisconnected {2}token verified$/,
    /^acs {4}\)\) {2}http\S+heard\.wav$/,
    /^acs {4}\.\. {2}http:\S+\/#\/calls\/\S+$/,
    /^sinch {2}-> {2}POST \/calling\/v1\/callouts {2}200$/,
    /^sinch {2}<- {2}ace {2}signature verified$/,
    /^sinch {2}<- {2}dice \(ANSWERED, MANAGERHANGUP\) {2}signature verified$/,
    /^sinch {2}\)\) {2}http\S+heard\.wav$/,
  ];
  let at = -1;
  for (const pattern of inOrder) {
    at = told.findIndex((line, index) => index > at && pattern.test(line));
    expect(told[at], `${pattern} in\n${told.join('\n')}`).toMatch(pattern);
  }
});

test('the WAV addresses of the demonstration hold what was spoken', async () => {
  const { terminal } = recordingTerminal();
  const outcomes = await whileTimePasses(server, demonstrate(server.url, terminal));
  for (const { audio } of outcomes) {
    expect(audio).toHaveLength(1);
    const wav = Buffer.from(await (await fetch(audio[0] ?? '')).arrayBuffer());
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
    const samples = new Int16Array(wav.buffer.slice(44, wav.length - (wav.length % 2)));
    expect(samples.length).toBeGreaterThan(2 * 16_000);
    expect(Math.max(...samples.map(Math.abs))).toBeGreaterThan(1000);
  }
});

test('the three commands to copy work as they stand', async () => {
  const steps = nextSteps(server.url, { paint: (_, text) => text });
  const commands = [...steps.matchAll(/^ {2}npx --no -- (countersign .*)$/gm)].map(([, command = '']) => command);
  expect(commands).toHaveLength(3);
  for (const command of commands) {
    expect(await whileTimePasses(server, runCommand(command)), command).toMatchObject({ exit: 0 });
  }
});

test("the application's callback URL is as it was before", () => {
  const sinch = server.accounts.find(({ provider }) => provider === 'sinch');
  expect(sinch).toMatchObject({ callbacks: {} });
});

test('the development account that the command knows is the one that the server takes', () => {
  const { acs, sinch } = developmentAccount;
  expect(server.environment).toEqual({
    COMMUNICATION_SERVICES_CONNECTION_STRING: `endpoint=${server.url}/;accesskey=${acs.accessKey}`,
    SINCH_APPLICATION_KEY: sinch.applicationKey,
    SINCH_APPLICATION_SECRET: sinch.applicationSecret,
  });
  expect(server.accounts).toMatchObject([
    { provider: 'acs', numbers: [acs.number] },
    { applicationKey: sinch.applicationKey, numbers: [sinch.number] },
  ]);
});
