import { describe } from 'vitest';
import { useBrowser } from './fixtures/harness.ts';
import { testAccessibility } from './places/accessibility.ts';
import { testPhones } from './places/phones.ts';
import { testPlayground } from './places/playground.ts';

const browser = useBrowser();

describe('phones in the console', () => testPhones(browser));
describe('the playground', () => testPlayground(browser));
describe('the console for everybody', () => testAccessibility(browser));
