import { describe } from 'vitest';
import { useBrowser } from './fixtures/harness.ts';
import { testAccessibility } from './sections/accessibility.ts';
import { testPhones } from './sections/phones.ts';
import { testPlayground } from './sections/playground.ts';
import { testSending } from './sections/sending.ts';

const browser = useBrowser();

describe('phones in the console', () => testPhones(browser));
describe('the playground', () => testPlayground(browser));
describe('sending to my endpoint', () => testSending(browser));
describe('the console for everybody', () => testAccessibility(browser));
