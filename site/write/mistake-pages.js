/**
 * Why: people look for what they see ("the body was re-serialized before it was hashed"), and find a page about it: what it
 * is, how a request looks that has it, and what to change. Written from the catalog of the diagnosis.
 */
import { schemes } from '@countersign/core/schemes/catalog';
import { mistakeCauses } from '@countersign/core/mistake-causes';
import { mistakeTitles } from '@countersign/core/mistake-titles';
import { mistakeIds } from '@countersign/core/diagnose';
import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { catalog } from '../../packages/core/dist/diagnose/catalog.js';
import { canHit } from '../../packages/core/dist/diagnose/search/matrix.js';
import { escaped, fenced, frontMatter, inCode, plain } from './markdown.js';
import { languages } from './languages.js';
import { mistakeGroups } from './mistake-groups.js';
import { mistakeExamples } from './mistake-examples.js';
import { mistakePath } from './mistake-path.js';
import { differingRuns } from './differing-runs.js';
import { rawRequest } from './vector-files.js';

/** @returns {Map<string, import('./document-pages.js').Page>} a page of each mistake and note, and one that lists them */
export function mistakePages() {
  const examples = mistakeExamples();
  const words = whatItIs();
  const own = mistakeIds.map((id) => [`${mistakePath(id)}.md`, { text: pageOf(id, words.get(id), examples.get(id)) }]);
  return new Map([['mistakes/index.md', { text: listOf(), source: 'docs/mistakes.md' }], ...own]);
}

/** A page with what is said of an example in the place of `[example of ID]`. */
export function withExamples(text) {
  return text.replace(/^\[example of (.+)\]$/gm, (_, id) => whatIsSaid(mistakeExamples().get(id)));
}

/** What `docs/mistakes.md` says of each. */
function whatItIs() {
  const text = readFileSync(new URL('../../docs/mistakes.md', import.meta.url), 'utf8');
  return new Map([...text.matchAll(/^\| `([a-z-]+\/[a-z-]+)` *\| (.*?) *\|/gm)].map(([, id, words]) => [id, words]));
}

function listOf() {
  const sections = mistakeGroups.map(({ name, ids }) => {
    const rows = ids.map((id) => `- [${plain(mistakeTitles[id])}](/${mistakePath(id)}.md) ${inCode(id)}`);
    return `## ${name}\n\n${rows.join('\n')}\n`;
  });
  return [
    frontMatter({
      title: 'What goes wrong with signatures',
      description: `Why a signature is refused: ${mistakeIds.length} mistakes, each with a request that has it and the fix in each language.`,
      outline: 2,
    }),
    '# What goes wrong with signatures\n',
    `Why a signature is refused: ${mistakeIds.length} mistakes, each with a request that has it and with the fix in ten languages. You need not know which is yours: paste the request into the [playground](/playground.md), or run [\`countersign diagnose\`](/cli.md#diagnose).\n`,
    ...sections,
  ].join('\n');
}

/** Where more stands about some of them. */
const furtherReading = {
  'replay/repeated': '[Refusing repeats](/schemes/index.md#refusing-repeats)',
  'provider/at-fault': '[The whole story](/recipes/sinch-page-misprint.md)',
};

function pageOf(id, words, example) {
  const title = mistakeTitles[id];
  return [
    frontMatter({ title, description: `${title}. ${words} An example, and the fix in each language.`, outline: 2 }),
    `# ${plain(title)}\n`,
    `${words}\n`,
    `${[mistakeCauses[id], furtherReading[id]].filter(Boolean).join(' ')}\n`,
    `The diagnosis calls it ${inCode(id)}.\n`,
    ...(example ? [howItLooks(example), howToFix(example)] : []),
    whoIsHit(id),
    isItYours(id),
  ].join('\n');
}

const certainties = {
  proven: 'This is proven: computed again with this mistake, the signature comes out as it was received.',
  certain: 'This is certain: the request itself shows it.',
  likely: 'This is likely, and not proven.',
};

function howItLooks({ vector, scheme, mistake, said, stringToSign }) {
  return [
    '## How it looks\n',
    `An example with [${plain(scheme.title)}](/schemes/${scheme.id}.md): ${plain(vector.title)}. The diagnosis says:\n`,
    whatIsSaid({ mistake, said }),
    theRequest(vector, scheme, !differs(mistake)),
    ...bothStrings(vector.signedByClient, stringToSign),
  ].join('\n');
}

function whatIsSaid({ mistake, said }) {
  return [
    `<p class="said" v-pre>${escaped(said)}</p>\n`,
    ...(differs(mistake) ? [differingRuns(mistake.yours, mistake.expected)] : []),
    ...(mistake ? [`${certainties[mistake.certainty]}\n`] : []),
  ].join('\n');
}

function differs(mistake) {
  return mistake !== undefined && mistake.yours !== mistake.expected;
}

function theRequest({ request, key, now }, scheme, isOpen) {
  const text = rawRequest(request);
  const secret = key.secret === undefined ? '' : ` Its secret is ${inCode(key.secret)}.`;
  return [
    `::: details The whole request${isOpen ? ' {open}' : ''}\n`,
    `${fenced('http', text)}\n`,
    `Judged at ${now}.${secret} [Open it in the playground](/playground.md#/playground/${packed({ text, scheme: scheme.id })}), and give it that secret.\n`,
    ':::\n',
  ].join('\n');
}

function bothStrings(signed, right) {
  if (typeof signed !== 'string' || signed === '' || right === undefined || signed === right) return [];
  return [
    '::: details The whole string to sign\n',
    `What was signed:\n\n${fenced('text', signed)}\n\nWhat the service signs:\n\n${fenced('text', right)}\n`,
    ':::\n',
  ];
}

/** A request as the playground takes it from an address (`packages/console/src/playground/share-link.ts`): never a secret. */
function packed(shared) {
  return deflateRawSync(JSON.stringify(shared), { level: 9 }).toString('base64url');
}

function howToFix({ mistake, scheme }) {
  if (!mistake) return '';
  const blocks = languages
    .filter(({ id }) => mistake.fix[id] !== undefined)
    .map(({ id, name, fence }) => fenced(fence, remarkAbove(mistake.fix[id]), name));
  const who =
    scheme.signer === 'provider'
      ? 'In the code that verifies, for this scheme:'
      : 'In the code that signs, for this scheme:';
  return `## How to fix it\n\n${who}\n\n::: code-group\n\n${blocks.join('\n\n')}\n\n:::\n`;
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
  const heading = '## Which schemes it affects\n';
  if (hit.length <= 12) return `${heading}\n${links}\n`;
  const share = hit.length === schemes.length ? 'Every scheme' : `${hit.length} of ${schemes.length} schemes`;
  return `${heading}\n${share} with a shared secret.\n\n::: details Which ones\n\n${links}\n\n:::\n`;
}

function isItYours(id) {
  return [
    '## Check your own request\n',
    `Paste your request into the [playground](/playground.md), or run [\`countersign diagnose\`](/cli.md#diagnose) on it. If this is the mistake, the answer names ${inCode(id)} and says how sure it is. Nothing leaves your machine.\n`,
    'If it is something else, see [all mistakes](/mistakes/index.md).\n',
  ].join('\n');
}
