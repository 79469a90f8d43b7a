import { describe } from 'vitest';
import { useBrowser } from './fixtures/harness.ts';
import { testCalls } from './sections/calls.ts';
import { testConnection } from './sections/connection.ts';
import { testFirstView } from './sections/first-view.ts';
import { testManyRequests } from './sections/many-requests.ts';
import { testRequests } from './sections/requests.ts';
import { testStartHere } from './sections/start-here.ts';
import { testVirtualClock } from './sections/virtual-clock.ts';

const browser = useBrowser();

describe('the first view', () => testFirstView(browser));
describe('requests in the console', () => testRequests(browser));
// A list this long is for `npm run test:matrix`.
if (process.env['MATRIX'] === 'all') describe('ten thousand requests in the console', () => testManyRequests(browser));
describe('calls in the console', () => testCalls(browser));
describe('a virtual clock in the console', () => testVirtualClock(browser));
describe('start here', () => testStartHere(browser));
describe('the console’s connection', () => testConnection(browser));
