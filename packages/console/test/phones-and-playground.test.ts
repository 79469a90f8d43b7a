import { describe } from 'vitest';
import { fakeMicrophone } from './fixtures/fake-microphone.ts';
import { useBrowser } from './fixtures/harness.ts';
import { testAccessibility } from './sections/accessibility.ts';
import { testMicrophone, testMicrophonesEnd } from './sections/microphone.ts';
import { testPhones } from './sections/phones.ts';
import { testPlayground } from './sections/playground.ts';
import { testPlaygroundFields } from './sections/playground-fields.ts';
import { testScriptsAndFaults } from './sections/scripts-and-faults.ts';
import { testSending } from './sections/sending.ts';

const browser = useBrowser(fakeMicrophone);
// `npm test` looks at one scheme of colours, `npm run test:matrix` at both and at what varies little.
const isWhole = process.env['MATRIX'] === 'all';

describe('phones in the console', () => testPhones(browser));
if (isWhole) {
  describe('scripts and faults', () => testScriptsAndFaults(browser));
  describe('the fields of the playground', () => testPlaygroundFields(browser));
  describe('the microphone', () => testMicrophone(browser));
  describe('the end of a microphone', () => testMicrophonesEnd(browser));
}
describe('the playground', () => testPlayground(browser));
describe('sending to my endpoint', () => testSending(browser));
const colorSchemes = isWhole ? (['light', 'dark'] as const) : (['dark'] as const);

describe('the console for everybody', () => testAccessibility(browser, colorSchemes));
