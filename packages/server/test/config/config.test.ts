import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { format } from 'prettier';
import { describe, expect, onTestFinished, test } from 'vitest';
import { configSchema } from '../../src/config/config-schema.ts';
import { configuredAccounts } from '../../src/config/configured-accounts.ts';
import { ConfigError, findConfigFile, loadConfig, validConfig } from '../../src/config/load-config.ts';
import { configOf } from '../../src/config/server-options.ts';
import { developmentAccount } from '@countersign/core/development-account';

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-config-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

const key = Buffer.from('a real key').toString('base64');
const places = { environment: { ACS_KEY: key, SINCH_SECRET: key }, directory: '.' };

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

describe('the configuration file', () => {
  test('is found in a directory, and read', async () => {
    const folder = await folderWith({
      'countersign.config.json': '{ "port": 1234, "phones": { "+14255550123": { "pickUp": "busy" } } }',
    });
    const file = await findConfigFile(folder);
    expect(file).toBe(join(folder, 'countersign.config.json'));
    expect(await loadConfig(file ?? '')).toEqual({ port: 1234, phones: { '+14255550123': { pickUp: 'busy' } } });
    expect(await findConfigFile(join(folder, 'none'))).toBeUndefined();
  });

  test('is read as Windows saves it, with a byte order mark, and so are files of keys', async () => {
    const folder = await folderWith({ 'config.json': '\uFEFF{ "port": 1234 }\r\n', 'key.txt': `\uFEFF${key}\r\n` });
    expect(await loadConfig(join(folder, 'config.json'))).toEqual({ port: 1234 });
    const account = { provider: 'acs', resourceId: 'r', keys: { primary: { file: 'key.txt' } } } as const;
    const accounts = await configuredAccounts({ accounts: [account] }, { ...places, directory: folder });
    expect(accounts).toContainEqual(expect.objectContaining({ provider: 'acs', resourceId: 'r' }));
  });

  test.each([
    ['', 'the file is empty; expected a JSON value'],
    ['{', 'malformed JSON at line 1, column 2: the file ends where a member name in double quotes or "}" was expected'],
    ['{} {}', 'malformed JSON at line 1, column 4: found "{" where the end of the file was expected'],
  ])('that is no JSON is spoken of as a file: %j', async (text, problem) => {
    const folder = await folderWith({ 'config.json': text });
    await expect(loadConfig(join(folder, 'config.json'))).rejects.toThrow(`config.json: ${problem}`);
  });

  test.each([
    ['{ "port": 1, }', /line 1, column 14: found "}" where a member name/],
    ['{ "prot": 1 }', /\/prot is not known here; expected .*port/],
    ['{ "port": "1" }', /\/port must be integer/],
    ['{ "accounts": [{ "provider": "acs", "resourceId": "r" }] }', /\/accounts\/0\/keys is required/],
    ['{ "acs": { "users": ["bot"] } }', /\/acs\/users\/0 must match/],
    ['{ "acs": { "eventGridSubscriptions": [{}] } }', /\/acs\/eventGridSubscriptions\/0\/endpoint is required/],
    [
      '{ "accounts": [{ "provider": "acs", "resourceId": "r", "keys": { "primary": "AAAA" } }] }',
      /\/accounts\/0\/keys\/primary must be object/,
    ],
    ['{ "phones": { "123": { "pickUp": "busy" } } }', /\/phones\/123 is not known here/],
    ['{ "limits": { "exchanges": 0 } }', /\/limits\/exchanges must be >= 1/],
  ])('%s is refused with its place', async (text, message) => {
    const folder = await folderWith({ 'countersign.config.json': text });
    const loading = loadConfig(join(folder, 'countersign.config.json'));
    await expect(loading).rejects.toThrow(ConfigError);
    await expect(loading).rejects.toThrow(message);
  });

  test.each(['k/7u+9Xq3zB4+p8/QwErTA==', '5F5C418A0F914BBC8234A9BF5EDDAD97'])(
    'does not have a key repeated that stands where a name belongs: %s',
    (misplaced) => {
      for (const value of [
        { [misplaced]: 1 },
        { phones: { [misplaced]: {} } },
        {
          accounts: [{ provider: 'acs', resourceId: 'r', keys: { primary: { env: 'X' }, [misplaced]: { env: 'X' } } }],
        },
      ]) {
        const problem = messageOf(() => validConfig(value, 'the file'));
        expect(problem).toContain('/[not shown] is not known here; expected ');
        expect(problem).not.toContain(misplaced.slice(0, 8));
        expect(problem).not.toContain(misplaced.slice(-8));
      }
    },
  );

  test('that is not there is said to be that', async () => {
    await expect(loadConfig('/no/such/file.json')).rejects.toThrow(
      /cannot read \/no\/such\/file\.json: there is no such file/,
    );
  });

  test('gives way to what a program says beside it; limits are taken one by one', async () => {
    const folder = await folderWith({
      'c.json': '{ "port": 1, "strict": true, "limits": { "exchanges": 5, "callbacks": 6 } }',
    });
    const { config, directory } = await configOf({
      configFile: join(folder, 'c.json'),
      port: 2,
      limits: { exchanges: 7 },
    });
    expect(config).toEqual({ port: 2, strict: true, limits: { exchanges: 7, callbacks: 6 } });
    expect(directory).toBe(folder);
  });

  test('an option that does not exist is refused, whoever gives it', async () => {
    await expect(configOf({ prot: 1 } as never)).rejects.toThrow(
      /what startServer was given[^]*\/prot is not known here/,
    );
  });

  test('has a published schema that other validators understand', async () => {
    const schema = JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', ...configSchema }, null, 2);
    const published = await format(schema, { parser: 'json', printWidth: 120 });
    await expect(published).toMatchFileSnapshot('../../schema/config.schema.json');
    const validate = new Ajv({ strict: false }).compile(JSON.parse(published) as object);
    expect(
      validate({ port: 7509, accounts: [{ provider: 'sinch', applicationKey: 'k', applicationSecret: { env: 'S' } }] }),
    ).toBe(true);
    expect(validate({ accounts: [{ provider: 'sinch', applicationKey: 'k', applicationSecret: 'in clear' }] })).toBe(
      false,
    );
  });
});

describe('accounts', () => {
  test('are the development account and those of the configuration, whose secrets come from environment or file', async () => {
    const directory = await folderWith({ 'key.txt': `${key}\n` });
    const texts = 'Microsoft.Communication.SMSReceived';
    const accounts = await configuredAccounts(
      {
        accounts: [
          {
            provider: 'acs',
            resourceId: 'r',
            host: 'my.host',
            keys: { primary: { env: 'ACS_KEY' }, secondary: { file: 'key.txt' } },
            numbers: ['+1425'],
            users: ['8:acs:r_bot'],
            eventGridSubscriptions: [{ endpoint: 'https://x.example/texts', includedEventTypes: [texts] }],
          },
          {
            provider: 'sinch',
            applicationKey: 'k',
            applicationSecret: { env: 'SINCH_SECRET' },
            callbacks: { primary: 'https://x.example/' },
          },
        ],
      },
      { ...places, directory },
    );
    expect(accounts.map(({ provider }) => provider)).toEqual(['acs', 'sinch', 'acs', 'sinch']);
    expect(accounts[2]).toMatchObject({
      resourceId: 'r',
      host: 'my.host',
      credentials: [{ name: 'primary' }, { name: 'secondary' }],
      numbers: ['+1425'],
      users: ['8:acs:r_bot'],
      eventGridSubscriptions: [{ endpoint: 'https://x.example/texts', includedEventTypes: [texts] }],
    });
    expect(JSON.stringify(accounts)).not.toContain(key);
    expect(JSON.stringify(accounts)).not.toContain(developmentAccount.acs.accessKey);
  });

  test('leave the development account out on demand', async () => {
    expect(await configuredAccounts({ developmentAccount: false }, places)).toEqual([]);
  });

  test.each([
    [{ env: 'MISSING' }, '/accounts/0/keys/primary: the environment variable MISSING is not set'],
    [{ env: 'bm90IGEgbmFtZQ' }, '/accounts/0/keys/primary: the environment variable that it names is not set'],
    [{ file: 'missing.txt' }, '/accounts/0/keys/primary: cannot read the file missing.txt (ENOENT)'],
    [{ env: 'QUOTED' }, '/accounts/0/keys/primary: the secret is not base64: 18 characters'],
    [{ env: 'EMPTY' }, '/accounts/0/keys/primary: the environment variable EMPTY is empty'],
  ])('a secret from %j is refused without showing it', async (primary, message) => {
    const environment = { QUOTED: `"${key}"`, EMPTY: '' };
    const config = { accounts: [{ provider: 'acs' as const, resourceId: 'r', keys: { primary } }] };
    const reading = configuredAccounts(config, { environment, directory: '.' });
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.not.toThrow(key);
  });

  test('are each there once', async () => {
    const account = { provider: 'acs' as const, resourceId: 'r', keys: { primary: { env: 'ACS_KEY' } } };
    await expect(configuredAccounts({ accounts: [account, account] }, places)).rejects.toThrow(
      'two accounts have the same resourceId',
    );
  });
});

describe('what only a program can say', () => {
  test.each([
    ['configFile', ''],
    ['findConfig', 'yes'],
    ['tls', 'true'],
    ['tls', null],
    ['stateFolder', ''],
    ['environment', null],
    ['wallNow', null],
    ['wallNow', new Date()],
    ['newId', 'id'],
    ['clockStartsAtMs', Number.NaN],
    ['onProblem', {}],
  ])('%s as %j is refused by its name', async (name, value) => {
    await expect(configOf({ [name]: value } as never)).rejects.toThrow(
      new RegExp(`^the option ${name} of startServer must be `),
    );
  });

  test('has its default when it is undefined', async () => {
    const names = ['configFile', 'findConfig', 'tls', 'stateFolder', 'environment', 'wallNow', 'newId', 'onProblem'];
    const unset = Object.fromEntries(names.map((name) => [name, undefined]));
    expect((await configOf(unset as never)).config).toEqual({});
  });
});
