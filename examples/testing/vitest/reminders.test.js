// The calls of an application, tested with Vitest in virtual time: a minute on the telephone takes milliseconds.
import { startServer } from '@countersign/server';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startAcsReminders } from '../acs-reminders.js';
import { sinchReminders } from '../sinch-reminders.js';

let server, acs, sinch;
beforeAll(async () => {
  server = await startServer({ port: 0, clock: 'virtual' });
  acs = await startAcsReminders(server.environment);
  sinch = sinchReminders(server.environment, server.url);
});
afterEach(() => server.control.reset());
afterAll(() => Promise.all([acs.close(), server.close()]));

test('ACS: the reminder is heard, and the call ends', async () => {
  await acs.remind('+12065550110', 'Your appointment is at nine.');
  await server.control.advance('1m');
  expect(heardBy('+12065550110')).toEqual(['Your appointment is at nine.']);
  expect(server.control.calls()[0].state).toBe('ended');
});

test('Sinch: the reminder is heard by who answers; who is busy is told apart', async () => {
  const answered = await sinch.remind('+12065550110', 'Your appointment is at nine.');
  await server.control.advance('1m');
  expect(heardBy('+12065550110')).toEqual(['Your appointment is at nine.']);
  expect(await sinch.outcome(answered)).toBe('ANSWERED');
  const busy = await sinch.remind('+12065550101', 'Your appointment is at nine.');
  await server.control.advance('1m');
  expect(await sinch.outcome(busy)).toBe('BUSY');
});

function heardBy(number) {
  const heard = server.control.phone(number).heard();
  return heard.map(({ text }) => text);
}
