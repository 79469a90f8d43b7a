/** Why: what stands in the bar and at the side, in the order in which somebody needs it. */
import { readdirSync } from 'node:fs';
import { everyScheme } from '@countersign/core/schemes/catalog';
import { mistakeTitles } from '@countersign/core/mistake-titles';
import { mistakeGroups } from '../write/mistake-groups.js';
import { mistakePath } from '../write/mistake-path.js';

const page = (text, link) => ({ text, link });

export const navigation = [
  page('Guides', '/start'),
  { ...page('Mistakes', '/mistakes/'), activeMatch: '^/mistakes/' },
  { ...page('Schemes', '/schemes/'), activeMatch: '^/schemes/' },
  page('Reference', '/cli'),
  page('Playground', '/playground'),
];

const guides = [
  page('Start', '/start'),
  {
    text: 'Diagnose',
    items: [
      page('A refused request', '/diagnose'),
      page('Playground', '/playground'),
      page('Bring a request', '/bring'),
      page('Placeholders that are tried', '/placeholders'),
    ],
  },
  {
    text: 'Sign',
    items: [
      page('Sign a request', '/sign'),
      page('Sign from any client', '/signing-proxy'),
      page('Define a scheme', '/define-a-scheme'),
    ],
  },
  {
    text: 'Verify',
    items: [
      page('Verify a request', '/verify'),
      page('In your framework', '/receive'),
      page('In production', '/production'),
      page('Is your verifier safe?', '/probe'),
      page('Signed events for your endpoint', '/emit'),
    ],
  },
  {
    text: 'Test calls',
    items: [
      page('Test calls locally', '/test-calls'),
      page('Azure Communication Services', '/acs'),
      page('Sinch Voice', '/sinch'),
      page('Test numbers', '/test-numbers'),
      page('Phone scripts', '/phone-scripts'),
      page('The console', '/console'),
      page('Who reaches the server', '/reachability'),
    ],
  },
  page('Recipes', '/recipes/'),
];

const reference = {
  text: 'Reference',
  items: [
    page('Command line', '/cli'),
    page('JSON of the command line', '/cli-json'),
    page('Configuration file', '/configuration'),
    page('Control API', '/control-api'),
    page('Types', '/types/'),
    page('What a signature proves', '/schemes/'),
    page('Schemes of other providers', '/provider-schemes'),
    page('ACS: operations and events', '/acs-operations'),
    page('ACS: what is assumed', '/acs-assumptions'),
    page('Sinch: operations and callbacks', '/sinch-operations'),
    page('Sinch: what is assumed', '/sinch-assumptions'),
    page('What is not reproduced', '/not-reproduced'),
    page('Limits', '/limits'),
  ],
};

const mistakes = mistakeGroups.map(({ name, ids }) => ({
  text: name,
  items: ids.map((id) => page(mistakeTitles[id], `/${mistakePath(id)}`)),
}));

const schemes = { text: 'Schemes', items: everyScheme.map(({ id, title }) => page(title, `/schemes/${id}`)) };

/** By the path that a page begins with. */
export const sidebar = {
  '/mistakes/': [page('All mistakes', '/mistakes/'), ...mistakes],
  '/schemes/': [page('All schemes', '/schemes/'), schemes],
  '/types/': [page('All modules', '/types/'), { text: 'Modules', items: typePages() }],
  '/': [...guides, reference],
};

function typePages() {
  const folder = new URL('../.pages/types/', import.meta.url);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.startsWith('@') && name.endsWith('.md'))
    .toSorted()
    .map((name) => page(name.slice('@countersign/'.length, -'.md'.length), `/types/${name.slice(0, -'.md'.length)}`));
}
