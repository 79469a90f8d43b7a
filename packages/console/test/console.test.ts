import { afterAll, beforeAll, describe } from 'vitest';
import { startBrowser } from './fixtures/browser.ts';
import type { BrowserHolder } from './fixtures/harness.ts';
import { testAccessibility } from './places/accessibility.ts';
import { testCalls } from './places/calls.ts';
import { testConnection } from './places/connection.ts';
import { testManyRequests } from './places/many-requests.ts';
import { testPhones } from './places/phones.ts';
import { testPlayground } from './places/playground.ts';
import { testRequests } from './places/requests.ts';
import { testStartHere } from './places/start-here.ts';

// One browser for all places: starting it and loading the server's sources are what takes time.
const holder = {} as BrowserHolder;

beforeAll(async () => {
  holder.browser = await startBrowser();
}, 60_000);

afterAll(async () => {
  await holder.browser?.close();
});

describe('requests in the console', () => testRequests(holder));
describe('ten thousand requests in the console', () => testManyRequests(holder));
describe('calls in the console', () => testCalls(holder));
describe('phones in the console', () => testPhones(holder));
describe('the playground', () => testPlayground(holder));
describe('start here', () => testStartHere(holder));
describe('the console’s connection', () => testConnection(holder));
describe('the console for everybody', () => testAccessibility(holder));
