import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCode } from '@countersign/core/code-reading';
import { message } from '@countersign/core/message';
import { receivingProgram, signingProgram } from '@countersign/core/programs';
import { schemes } from '@countersign/core/schemes/catalog';
import { describe, expect, test } from 'vitest';
import { processorMs } from '../../../../tools/processor-ms.ts';
import { readingRules } from '../../src/code-reading/catalog.ts';
import { signingCode } from '../../src/code-reading/kit/signing-code.ts';
import { fixLanguages } from '../../src/diagnose/diagnosis.ts';
import { rightCode } from './right-code.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

const samples = readingRules.flatMap(({ name, mistake, samples: own }) =>
  own.map((sample) => ({ name, mistake, ...sample })),
);

describe('code that is read', () => {
  test.each(samples)('$name in $language: the faulty sample is told, as likely, and the right one is not', (sample) => {
    const { name, language, mistake, faulty, right } = sample;
    const code = signingCode(faulty);
    expect(code?.language, faulty).toBe(language);
    const rule = readingRules.find((one) => one.name === name);
    expect(code && rule?.find(code), faulty).toBeDefined();
    const reading = readCode(faulty);
    const found = reading?.mistakes.find(({ id }) => id === mistake);
    expect(found).toMatchObject({ proven: false, certainty: 'likely' });
    expect(found?.fix[language] ?? '', 'a fix in the language of the code').not.toBe('');
    expect(found?.summary).toMatch(/^\S.*\.$/);
    expect(reading?.notes.map(({ id }) => id)).toEqual(['code/read']);
    expect(readCode(right)?.mistakes.map(({ id, summary }) => [id, summary]) ?? [], right).toEqual([]);
  });

  test('a rule has a sample in each language that it reads', () => {
    expect(new Set(readingRules.map(({ name }) => name)).size).toBe(readingRules.length);
    for (const { name, patterns = {}, samples: own } of readingRules) {
      const languages = own.map(({ language }) => language);
      expect(languages.length, name).toBeGreaterThan(0);
      expect(languages, name).toEqual(expect.arrayContaining(Object.keys(patterns)));
    }
  });

  test('the thread of the tutorial, pasted as it stands, is told the variable that its script leaves unresolved', () => {
    // The page that asks why Play is refused where CreateCall is not: https://stackoverflow.com/questions/78547135
    const thread = readFileSync(new URL('fixtures/thread.txt', import.meta.url), 'utf8');
    const reading = readCode(thread);
    expect(reading).toMatchObject({ language: 'postman', scheme: 'acs-hmac' });
    const [first] = reading?.mistakes ?? [];
    expect(first).toMatchObject({ id: 'template/unresolved', at: { part: 'target' } });
    expect(first?.summary).toContain('{{callConnectionId}}');
    expect(first?.yours).toBe("const url = pm.request.url.toString().replace('{{endpoint}}','');");
    expect(first?.fix.postman).toContain('const url = pm.variables.replaceIn(pm.request.url.getPathWithQuery());');
    expect(reading?.notes[0]?.summary).toContain("Postman's Console with its raw log");
  });

  test('the scripts of a collection are read with its URLs, and not the JSON that they stand in', () => {
    const collection = (script: string): string =>
      JSON.stringify({
        info: { name: 'calls' },
        event: [{ listen: 'prerequest', script: { exec: script.split('\n') } }],
        item: [{ name: 'Play', request: { url: { raw: '{{endpoint}}/calling/callConnections/{{callId}}:play' } } }],
      });
    const faulty =
      "const url = pm.request.url.toString().replace('{{endpoint}}','');\nconst text = 'POST' + '\\n' + url;\nconst s = CryptoJS.HmacSHA256(text, key);";
    const [first, ...others] = readCode(collection(faulty))?.mistakes ?? [];
    expect(others).toEqual([]);
    expect(first?.id).toBe('template/unresolved');
    expect(first?.summary).toContain('({{callId}})');
    expect(readCode(collection(faulty.replace('pm.request', 'pm.variables.replaceIn(pm.request')))?.mistakes).toEqual(
      [],
    );
  });

  test('no line that is shown has a key in it', () => {
    const key = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
    const code = `import hmac\nsecret = '${key}'\nx = base64.b64encode(hmac.new('${key}', t, hashlib.sha256).hexdigest())`;
    const reading = readCode(code);
    expect(reading?.mistakes.length).toBe(1);
    expect(JSON.stringify(reading)).not.toContain(key.slice(0, 12));
  });

  test('what is in a comment is not read', () => {
    const faulty = "// const s = createHmac('sha256', stringToSign).update(key);\nconst s = createHmac('sha256', key);";
    expect(readCode(faulty)?.mistakes).toEqual([]);
    expect(readCode(faulty.replace('// ', ''))?.mistakes.map(({ id }) => id)).toEqual(['key/swapped-with-message']);
  });

  test('a text without code that signs is none', () => {
    expect(readCode('POST /a HTTP/1.1\nHost: a\n\n{}')).toBeUndefined();
    expect(readCode('const a = 1;')).toBeUndefined();
    expect(readCode('')).toBeUndefined();
  });
});

/** Sources of a package that have to do with signatures. */
function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.[cm]?[jt]s$/.test(entry.name) && !entry.name.endsWith('.d.ts')) yield path;
  }
}

describe('code that is right', () => {
  test.each(Object.entries(rightCode))('is accused of nothing: %s', (_, code) => {
    expect(readCode(code)?.mistakes.map(({ id, yours }) => [id, yours])).toEqual([]);
  });

  test('the signing code of the official SDKs is accused of nothing', () => {
    let read = 0;
    for (const scope of ['@azure', '@sinch']) {
      for (const path of sources(join(root, 'node_modules', scope))) {
        const reading = readCode(readFileSync(path, 'utf8'));
        if (!reading) continue;
        read++;
        expect(
          reading.mistakes.map(({ id, yours }) => [id, yours]),
          path,
        ).toEqual([]);
      }
    }
    expect(read).toBeGreaterThan(10);
  });

  test('programs that people wrote by hand and that are run here are accused of nothing', () => {
    let read = 0;
    for (const folder of ['tools/languages/programs', 'examples', 'packages/core/src', 'packages/server/src']) {
      for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
        // The samples of the rules have their faults on purpose.
        if (!/\.(?:[cm]?[jt]s|py|rb|php|go|java|sh)$/.test(file) || /node_modules|code-reading/.test(file)) continue;
        const reading = readCode(readFileSync(join(root, folder, file), 'utf8'));
        if (reading) read++;
        expect(reading?.mistakes.map(({ id, yours }) => [id, yours]) ?? [], `${folder}/${file}`).toEqual([]);
      }
    }
    expect(read).toBeGreaterThan(30);
  });

  test.each(fixLanguages)('the programs in %s that are generated are accused of nothing', (language) => {
    let read = 0;
    for (const scheme of schemes) {
      const url = 'https://api.example.com/a/b?x=1';
      const needed = scheme.parts.flatMap(({ source }) =>
        source.from === 'header' && source.absent === 'refused' ? [[source.header, 'n1'] as const] : [],
      );
      const request = message({
        method: 'POST',
        url,
        headers: [['content-type', 'application/json'], ...needed],
        body: '{"text":"Grüße"}',
      });
      const programs = [
        () => signingProgram(language, scheme, { url, message: { ...request, body: request.body as Uint8Array } }),
        () => receivingProgram(language, scheme),
      ];
      for (const write of programs) {
        let program: string;
        try {
          program = write();
        } catch {
          continue;
        }
        const reading = readCode(program);
        if (reading) read++;
        expect(reading?.mistakes.map(({ id, summary }) => [id, summary]) ?? [], program).toEqual([]);
      }
    }
    expect(read).toBeGreaterThan(30);
  });
});

test('long texts are read in linear time, whatever is repeated in them', { timeout: 180_000 }, () => {
  const all = process.env['MATRIX'] === 'all';
  const ofRules = samples.flatMap(({ language, faulty, right }) =>
    [faulty, right, faulty.slice(0, Math.floor(faulty.length / 2))].map((piece) => ({ language, piece })),
  );
  const broken = [
    "createHmac('sha256', ",
    'base64.b64encode(',
    'requests.post(',
    'echo "$a" ',
    "'",
    '(',
    '/*',
    '{{a}}/',
  ];
  const anywhere = broken.flatMap((piece) => fixLanguages.map((language) => ({ language, piece })));
  const tried = all ? [...ofRules, ...anywhere] : [...ofRules, ...anywhere].filter((_, at) => at % 4 === 0);
  for (const { language, piece } of tried) {
    const text = `const crypto = require('crypto');\nhmac\n${piece.repeat(Math.ceil(190_000 / piece.length))}`;
    const code = signingCode(text);
    const tookMs = processorMs(() => {
      if (code) for (const { find } of readingRules) find({ ...code, language });
    });
    // What grows with the square of the text would take minutes.
    expect(tookMs, `${language}: ${piece.slice(0, 60)}`).toBeLessThan(3000);
  }
});
