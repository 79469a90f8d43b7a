/** Why: people look for how one provider signs. A page for each scheme, written from its data, its vectors and what the documents say of it. */
import { hasPublicKeys } from '@countersign/core/public-key-scheme';
import { describeSource } from '@countersign/core/scheme';
import { everyScheme } from '@countersign/core/schemes/catalog';
import { mistakeTitles } from '@countersign/core/mistake-titles';
import { existsSync, readFileSync } from 'node:fs';
import { catalog } from '../../packages/core/dist/diagnose/catalog.js';
import { canHit } from '../../packages/core/dist/diagnose/search/matrix.js';
import { partsTable } from '../../tools/recipes/parts-table.js';
import { fenced, frontMatter, inCode, plain } from './markdown.js';
import { mistakePath } from './mistake-path.js';
import { rawRequest, vectorsOf } from './vector-files.js';

const docs = new URL('../../docs/', import.meta.url);

/** @returns {Map<string, import('./document-pages.js').Page>} a page of each scheme */
export function schemePages() {
  const notes = readFileSync(new URL('schemes.md', docs), 'utf8');
  return new Map(
    everyScheme.map((scheme) => [
      `schemes/${scheme.id}.md`,
      { text: pageOf(scheme, notes), source: 'docs/schemes.md' },
    ]),
  );
}

function pageOf(scheme, notes) {
  const { id, title } = scheme;
  const [direction, madeWith, fresh] = cellsOf(notes.slice(notes.indexOf('<!-- schemes -->')), id);
  return [
    frontMatter({
      title,
      description: `How ${title} (${id}) signs: what is in the string to sign, with which key, and what goes wrong.`,
      outline: 2,
    }),
    `# ${plain(title)}\n`,
    `${sides[direction]} Countersign calls the scheme ${inCode(id)}. [The provider's own page](${scheme.documentation}).\n`,
    '## What is signed\n',
    `${partsTable({ describeSource }, scheme)}\n`,
    `${howItIsSigned(scheme, madeWith, fresh)}\n`,
    anExample(scheme),
    whatIsCovered(scheme, notes),
    inAProgram(scheme, direction),
    whatGoesWrong(scheme),
  ].join('\n');
}

const sides = {
  incoming: 'The provider signs what it sends to your server, and you verify it.',
  outgoing: 'You sign what you send, and the provider verifies it.',
  both: 'Both sides sign: you what you send, and the provider what it sends to you.',
};

/** How a secret's text is read, in words. */
const keyReadings = {
  base64: 'The key is what the base64 text of the secret stands for.',
  hex: 'The key is what the hexadecimal digits of the secret stand for.',
  utf8: 'The key is the text of the secret as it stands, not decoded.',
  whsec: 'The key is what the base64 text behind `whsec_` stands for.',
};

function howItIsSigned({ authorization, key }, madeWith, fresh) {
  const where = `The signature stands in ${inCode(authorization.header)}, as ${inCode(authorization.template)}.`;
  return [`Signed with ${madeWith}; ${fresh}.`, where, ...(key ? [keyReadings[key.encoding]] : [])].join(' ');
}

/** The cells of a scheme's row in a table, without its id. */
function cellsOf(table, id) {
  const row = table.split('\n').find((line) => line.startsWith(`| \`${id}\``));
  return row
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());
}

/** The first signed request of its vectors that is short enough to read. */
function anExample({ id }) {
  const signed = vectorsOf(id, 'sign').filter(({ request, stages }) => {
    const texts = [request.body, stages.stringToSign];
    return texts.every((text) => typeof text === 'string' && text.length < 900);
  });
  const shortest = signed
    .filter(({ request }) => request.body.length > 9)
    .toSorted((one, other) => one.request.body.length - other.request.body.length);
  const vector = shortest[0] ?? signed[0];
  if (!vector) return '';
  const { request, adds, signed: sent = {}, stages, key } = vector;
  const secret = key.secret === undefined ? '' : `The secret is ${inCode(key.secret)}. `;
  return [
    '## An example\n',
    `${fenced('http', rawRequest({ ...request, ...sent }, adds))}\n`,
    `is signed over\n\n${fenced('text', stages.stringToSign)}\n`,
    `${secret}Source: ${plain(vector.provenance)}.\n`,
  ].join('\n');
}

/** Its row of the table of coverage, and every line below it that speaks of it. */
function whatIsCovered({ id }, notes) {
  const table = notes.slice(notes.indexOf('<!-- coverage -->'));
  const lines = table.split('\n');
  const names = lines
    .find((line) => line.startsWith('| scheme'))
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());
  const cells = cellsOf(table, id);
  const yes = names.filter((_, at) => cells[at] === 'yes');
  const no = names.filter((name, at) => cells[at] !== 'yes' && name !== 'time' && name !== 'nonce');
  const said = lines.filter((line) => line.startsWith('- ') && line.includes(`\`${id}\``));
  return [
    '## What it covers\n',
    `Covered: ${yes.join(', ')}. Not covered, so that anyone can change them: ${no.join(', ')}.\n`,
    `${said.join('\n')}\n`,
    '[What a signature proves](schemes.md) says it of all schemes.\n',
  ].join('\n');
}

function inAProgram({ id, title }, direction) {
  const recipes = [
    [`recipes/verify-${id}.md`, `A whole receiver for ${title}`],
    ['recipes/README.md', 'Programs that sign, in ten languages'],
  ].filter(
    ([file], at) => existsSync(new URL(file, docs)) && (at === 0 || ['acs-hmac', 'sinch-application'].includes(id)),
  );
  const links = [
    ...recipes.map(([file, words]) => `- [${words}](${file})`),
    ...(direction === 'outgoing'
      ? []
      : ['- [Receive signed requests](receive.md) in your framework, and [verify them in production](production.md)']),
    ...(direction === 'incoming' ? [] : ['- [Sign from any client](signing-proxy.md), through a local proxy']),
    ...sectionOf(id),
  ];
  return `## In a program\n\n${links.join('\n')}\n`;
}

/** The section of `docs/provider-schemes.md` that speaks of it first. */
function sectionOf(id) {
  const text = readFileSync(new URL('provider-schemes.md', docs), 'utf8');
  const section = text
    .split(/^(?=## )/m)
    .find((one) => one.startsWith('## ') && new RegExp(`^(?:- )?\`${id}\``, 'm').test(one));
  const heading = section && /^## (.*)$/m.exec(section)?.[1];
  return heading === undefined
    ? []
    : [`- [More on its keys and its quirks](provider-schemes.md#${slugOf(heading)}), under "${plain(heading)}"`];
}

/** As VitePress makes the anchor of a heading. */
function slugOf(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

function whatGoesWrong(scheme) {
  if (hasPublicKeys(scheme)) return '';
  const hit = catalog.filter(({ needs }) => canHit(needs, scheme));
  const links = hit.map(({ id }) => `- [${plain(mistakeTitles[id])}](/${mistakePath(id)}.md)`).join('\n');
  return `## What goes wrong\n\nA refused request: [the playground](/playground.md) or [\`countersign diagnose\`](cli.md#diagnose) finds out which of these ${hit.length} mistakes it has.\n\n::: details All of them\n\n${links}\n\n:::\n`;
}
