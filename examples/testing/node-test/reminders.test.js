// The calls of an application, tested with Node's own runner in virtual time:
//   node --test examples/testing/node-test/reminders.test.js
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { startServer } from '@countersign/server';
import { startAcsReminders } from '../acs-reminders.js';
import { sinchReminders } from '../sinch-reminders.js';

let server, acs, sinch;
before(async () => {
  server = await startServer({ port: 0, clock: 'virtual' });
  acs = await startAcsReminders(server.environment);
  sinch = sinchReminders(server.environment, server.url);
});
afterEach(() => server.control.reset());
after(() => Promise.all([acs.close(), server.close()]));

test('ACS: the reminder is heard, and the call ends', async () => {
  await acs.remind('+12065550110', 'Your appointment is at nine.');
  await server.control.advance('1m');
  assert.deepEqual(heardBy('+12065550110'), ['Your appointment is at nine.']);
  assert.equal(server.control.calls()[0].state, 'ended');
});

test('Sinch: the reminder is heard by who answers; who is busy is told apart', async () => {
  const answered = await sinch.remind('+12065550110', 'Your appointment is at nine.');
  await server.control.advance('1m');
  assert.deepEqual(heardBy('+12065550110'), ['Your appointment is at nine.']);
  assert.equal(await sinch.outcome(answered), 'ANSWERED');
  const busy = await sinch.remind('+12065550101', 'Your appointment is at nine.');
  await server.control.advance('1m');
  assert.equal(await sinch.outcome(busy), 'BUSY');
});

function heardBy(number) {
  const heard = server.control.phone(number).heard();
  return heard.map(({ text }) => text);
}
