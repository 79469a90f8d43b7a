import { describe } from 'vitest';
import { useBrowser } from './fixtures/harness.ts';
import { testCalls } from './places/calls.ts';
import { testConnection } from './places/connection.ts';
import { testManyRequests } from './places/many-requests.ts';
import { testRequests } from './places/requests.ts';
import { testStartHere } from './places/start-here.ts';
import { testVirtualClock } from './places/virtual-clock.ts';

const browser = useBrowser();

describe('requests in the console', () => testRequests(browser));
describe('ten thousand requests in the console', () => testManyRequests(browser));
describe('calls in the console', () => testCalls(browser));
describe('a virtual clock in the console', () => testVirtualClock(browser));
describe('start here', () => testStartHere(browser));
describe('the console’s connection', () => testConnection(browser));
