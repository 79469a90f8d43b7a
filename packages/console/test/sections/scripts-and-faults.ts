import { expect, it } from 'vitest';
import { useHarness, type BrowserHolder } from '../fixtures/harness.ts';

/** What phones do by themselves, and what goes wrong on purpose. */
export function testScriptsAndFaults(holder: BrowserHolder): void {
  const harness = useHarness(holder);

  it('gives a phone a script, and shows step by step what it does in a call', async () => {
    const { client, receiver, server } = harness;
    const page = await harness.open('#/phones');
    await page.getByRole('button', { name: 'Give a phone a script' }).click();
    await page.getByLabel('Number', { exact: true }).fill('+1 (425) 555-0161');
    await page.getByLabel('Seconds of ringing').fill('0.2');
    await page.getByLabel('Keys of step 2').fill('42#');
    await page.getByLabel('Step 3', { exact: true }).selectOption('Wait');
    await page.getByLabel('Seconds of step 3').fill('0.1');
    // Everything is at hand on a phone, too.
    await page.setViewportSize({ width: 390, height: 844 });
    for (const step of [1, 2, 3, 4]) {
      const box = await page.getByRole('button', { name: `Remove step ${step}` }).boundingBox();
      expect((box?.x ?? 390) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
    }
    await page.setViewportSize({ width: 1280, height: 860 });
    await page.getByRole('button', { name: 'Remove step 4' }).click();
    await page.getByRole('button', { name: 'Give it this script' }).click();
    const phone = page.getByRole('region', { name: 'Script of +14255550161' });
    await phone.waitFor();
    expect(await page.getByRole('button', { name: 'Give it this script' }).count()).toBe(0);
    expect(server.control.phone('+14255550161').state().script).toEqual({
      pickUp: 'answer',
      afterMs: 200,
      steps: [{ do: 'await-prompt' }, { do: 'press', tones: '42#' }, { do: 'wait', ms: 100 }],
    });

    const connection = await client.createCall('+14255550161', receiver.url);
    const now = () => phone.locator('[aria-current=step]').textContent();
    await expect.poll(now).toBe('listens until a prompt is over, and 500 ms longer');
    await phone.getByText('Next it presses 42#.').waitFor();
    await client.play(connection, 'One.');
    await expect.poll(() => server.control.history(callOf()).some(({ type }) => type === 'tones-pressed')).toBe(true);
    await phone.getByText('It stays on the line.').waitFor();
    await phone.getByRole('link', { name: 'Timeline' }).click();
    await page.getByRole('region', { name: 'Timeline' }).getByText('+14255550161 presses #').waitFor();

    await page.goBack();
    await phone.getByRole('button', { name: 'Take away' }).click();
    await expect.poll(() => phone.count()).toBe(0);
    expect(server.control.phone('+14255550161').state().script).toEqual({ pickUp: 'answer' });

    function callOf(): string {
      return server.control.calls()[0]?.id ?? '';
    }
  });

  it('switches faults on with their status and code, says so beside the calls, and switches them off', async () => {
    const faults = async (): Promise<unknown> => {
      const response = await fetch(`${harness.server.url}/_control/faults`);
      return ((await response.json()) as { faults: unknown }).faults;
    };
    const page = await harness.open('#/phones');
    await page.getByRole('switch', { name: 'media' }).check();
    await page.getByLabel('Status of speech').fill('401');
    await page.getByRole('switch', { name: 'speech' }).check();
    await expect.poll(faults).toEqual([{ name: 'media' }, { name: 'speech', status: 401 }]);
    // What is changed while it is on counts at once.
    await page.getByLabel('Status of speech').fill('429');
    await page.getByLabel('Status of speech').press('Enter');
    await expect.poll(faults).toEqual([{ name: 'media' }, { name: 'speech', status: 429 }]);
    await page.getByText('2 on').waitFor();

    // Those of a provider stand under its title, with the codes that they can be given.
    await page.getByText('Sinch', { exact: true }).click();
    await page.getByLabel('Code of sinch-call').selectOption('CALLERHANGUP');
    await page.getByRole('switch', { name: 'sinch-call' }).check();
    await expect.poll(faults).toContainEqual({ name: 'sinch-call', code: 'CALLERHANGUP' });
    await page.getByRole('link', { name: 'Calls' }).click();
    await page.getByText('media, speech, sinch-call are switched on').waitFor();
    await page.getByRole('link', { name: 'switched on' }).click();
    await page.getByRole('button', { name: 'Switch all off' }).click();
    await expect.poll(faults).toEqual([]);
    await expect.poll(() => page.getByRole('switch', { checked: true }).count()).toBe(0);
  });

  it('begins with the script of a test number, changes one that there is, and says what is wrong with it', async () => {
    const { control } = harness.server;
    control.phone('+14255550162').script({ pickUp: 'busy' });
    const page = await harness.open('#/phones', { expectErrors: /400/ });
    await page.getByRole('button', { name: 'Change the script of +14255550162' }).click();
    expect(await page.getByLabel('When it rings').inputValue()).toBe('busy');
    const [machine] = await machines();
    await page.getByLabel('Begin with the script of a test number').selectOption(machine?.number ?? '');
    expect(await page.getByRole('checkbox', { name: 'as an answering machine' }).isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Give it this script' }).click();
    await expect.poll(() => control.phone('+14255550162').state().script).toEqual(machine?.script);
    await page.getByRole('button', { name: 'Change the script of +14255550162' }).click();
    await page.getByLabel('When it rings').selectOption('Answers');
    await page.getByLabel('Number', { exact: true }).fill('x'.repeat(300));
    await page.getByRole('button', { name: 'Give it this script' }).click();
    await page.getByRole('alert').getByText(/256/).waitFor();

    /** The test numbers at which a machine answers. */
    async function machines(): Promise<{ number: string; script: { pickUp: string; machine?: boolean } }[]> {
      const response = await fetch(`${harness.server.url}/_control/state`);
      const { testNumbers } = (await response.json()) as { testNumbers: { number: string; script: never }[] };
      return testNumbers.filter(({ script }: { script: { machine?: boolean } }) => script.machine);
    }
  });

  it('says why a fault cannot be switched on', async () => {
    const page = await harness.open('#/phones', { expectErrors: /400/ });
    await page.getByText('ACS', { exact: true }).click();
    await page.getByLabel('Code of acs-play').fill('many');
    // Not `check()`, which wants it to stay on.
    await page.getByRole('switch', { name: 'acs-play' }).click();
    await page.getByRole('alert').getByText('the fault "acs-play" cannot be given the code "many"').waitFor();
    expect(await page.getByRole('switch', { name: 'acs-play' }).isChecked()).toBe(false);
  });
}
