/**
 * Why: people look for what they see ("the body was re-serialized before it was hashed"), and find a page about it: what it
 * is, how a request looks that has it, and what to change. Written from the catalog of the diagnosis.
 */
import { schemes } from '@countersign/core/schemes/catalog';
import { mistakeTitles } from '@countersign/core/mistake-titles';
import { mistakeIds } from '@countersign/core/diagnose';
import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { catalog } from '../../packages/core/dist/diagnose/catalog.js';
import { canHit } from '../../packages/core/dist/diagnose/search/matrix.js';
import { fenced, frontMatter, inCode, plain } from './markdown.js';
import { languages } from './languages.js';
import { mistakeExamples } from './mistake-examples.js';
import { mistakePath } from './mistake-path.js';
import { differingRuns } from './differing-runs.js';
import { rawRequest } from './vector-files.js';

/** @returns {Promise<Map<string, import('./document-pages.js').Page>>} a page of each mistake and note */
export async function mistakePages() {
  const examples = mistakeExamples();
  const words = whatItIs();
  return new Map(
    mistakeIds.map((id) => [`${mistakePath(id)}.md`, { text: pageOf(id, words.get(id), examples.get(id)) }]),
  );
}

/** What `docs/mistakes.md` says of each. */
function whatItIs() {
  const text = readFileSync(new URL('../../docs/mistakes.md', import.meta.url), 'utf8');
  return new Map([...text.matchAll(/^\| `([a-z-]+\/[a-z-]+)` *\| (.*?) *\|/gm)].map(([, id, words]) => [id, words]));
}

function pageOf(id, words, example) {
  const title = mistakeTitles[id];
  return [
    frontMatter({
      title,
      description: `${title}. ${words} How it looks, and how to fix it in each language.`,
      outline: 2,
    }),
    `# ${plain(title)}\n`,
    `${words}\n`,
    `Countersign calls it ${inCode(id)}.\n`,
    ...(example ? [howItLooks(example), ...howToFix(example)] : []),
    whoIsHit(id),
    isItYours(id),
  ].join('\n');
}

function howItLooks({ vector, scheme, mistake, said, stringToSign }) {
  const text = rawRequest(vector.request);
  const key = vector.key.secret === undefined ? '' : ` The secret is ${inCode(vector.key.secret)}.`;
  const signed = typeof vector.signedByClient === 'string' ? vector.signedByClient : undefined;
  const differing = mistake && mistake.yours !== mistake.expected ? differingRuns(mistake.yours, mistake.expected) : '';
  return [
    '## How it looks\n',
    `A request that is refused for it: [${plain(scheme.title)}](/schemes/${scheme.id}.md), judged at ${vector.now}.${key}\n`,
    fenced('http', text),
    '',
    `> ${plain(said)}\n`,
    differing,
    ...(signed !== undefined && stringToSign !== undefined && signed !== stringToSign
      ? [
          '\n::: details The whole string to sign\n',
          `What was signed:\n\n${fenced('text', signed)}\n\nWhat the service signs:\n\n${fenced('text', stringToSign)}\n`,
          ':::\n',
        ]
      : []),
    `[Open it in the playground](/playground.md#/playground/${packed({ text, scheme: scheme.id })}), and give it the secret there.\n`,
  ].join('\n');
}

/** A request as the playground takes it from an address (`packages/console/src/playground/share-link.ts`): never a secret. */
function packed(shared) {
  return deflateRawSync(JSON.stringify(shared), { level: 9 }).toString('base64url');
}

function howToFix({ mistake }) {
  if (!mistake) return [];
  const blocks = languages
    .filter(({ id }) => mistake.fix[id] !== undefined)
    .map(({ id, name, fence }) => fenced(fence, remarkAbove(mistake.fix[id]), name));
  return [
    '## How to fix it\n',
    'What has to stand in the code that signs:\n',
    '::: code-group\n',
    blocks.join('\n\n'),
    '\n:::\n',
  ];
}

/** A remark behind a line of code stands above it: a page is narrow. */
function remarkAbove(code) {
  return code.replace(/^( *)(.*\S) {1,2}((?:\/\/|#) .*)$/gm, '$1$3\n$1$2');
}

function whoIsHit(id) {
  const mistake = catalog.find((one) => one.id === id);
  if (!mistake) return '';
  const hit = schemes.filter((scheme) => canHit(mistake.needs, scheme));
  const links = hit.map(({ id: scheme, title }) => `- [${plain(title)}](/schemes/${scheme}.md)`).join('\n');
  const heading = '## Which schemes it can hit\n';
  if (hit.length <= 12) return `${heading}\n${links}\n`;
  const how =
    hit.length === schemes.length
      ? 'Every scheme with a shared secret.'
      : `${hit.length} of ${schemes.length} schemes with a shared secret.`;
  return `${heading}\n${how}\n\n::: details Which ones\n\n${links}\n\n:::\n`;
}

function isItYours(id) {
  return [
    '## Is it yours?\n',
    `Paste your own request into the [playground](/playground.md), or run [\`countersign diagnose\`](/cli.md#diagnose) on it. If this is the mistake, the answer names ${inCode(id)} and says how sure it is; nothing leaves your machine.`,
    '',
    'All others: [what goes wrong with signatures](/mistakes/index.md).',
    '',
  ].join('\n');
}
