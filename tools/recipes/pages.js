/**
 * Why: people look for "Sinch signed request Python" or "ACS HMAC C#", and find pages. Each is written from the programs that
 * `countersign sign --output LANGUAGE` and `verify --output LANGUAGE` print, so a page is as right as they are.
 */

import { partsTable } from './parts-table.js';

/** Languages as people call them, with the mark of their code blocks and the file that a program is kept in. */
const languages = {
  javascript: { name: 'Node.js', slug: 'node', fence: 'js', file: 'sign.mjs' },
  python: { name: 'Python', slug: 'python', fence: 'python', file: 'sign.py' },
  csharp: { name: 'C#', slug: 'csharp', fence: 'csharp', file: 'Program.cs' },
  java: { name: 'Java', slug: 'java', fence: 'java', file: 'Sign.java' },
  php: { name: 'PHP', slug: 'php', fence: 'php', file: 'sign.php' },
  go: { name: 'Go', slug: 'go', fence: 'go', file: 'sign.go' },
  ruby: { name: 'Ruby', slug: 'ruby', fence: 'ruby', file: 'sign.rb' },
  bash: { name: 'bash (openssl and curl)', slug: 'bash', fence: 'bash', file: 'sign.sh' },
  powershell: { name: 'PowerShell', slug: 'powershell', fence: 'powershell', file: 'sign.ps1' },
  postman: { name: 'Postman', slug: 'postman', fence: 'js', file: 'pre-request script' },
};

/** C# and PowerShell are read against their documentation; all others are run by `npm run test:languages`. */
const readOnly = new Set(['csharp', 'powershell']);

/** Requests that people sign, one for each scheme that clients use with these providers. */
const requests = [
  {
    scheme: 'acs-hmac',
    slug: 'acs-hmac',
    title: 'ACS HMAC',
    what: 'A request to Azure Communication Services (Call Automation, SMS, Email, Identity) signed with an access key: HMAC-SHA256.',
    secret: 'The secret is what stands behind `accesskey=` in the connection string, with its `=` at the end.',
    url: 'https://contoso.communication.azure.com/calling/callConnections?api-version=2023-10-15',
    body: '{"targets":[{"kind":"phoneNumber","phoneNumber":{"value":"+14255550123"}}],"sourceCallerIdNumber":{"value":"+18005551234"},"callbackUri":"https://app.contoso.com/callback"}',
  },
  {
    scheme: 'sinch-application',
    slug: 'sinch-signed-request',
    title: 'Sinch signed request',
    what: "An application-signed request to Sinch's Voice or Verification API: HMAC-SHA256 over an MD5 of the body.",
    secret:
      "The secret is the application's, as the dashboard shows it: base64 of 16 bytes. The key id is the application key.",
    url: 'https://calling.api.sinch.com/calling/v1/callouts',
    body: '{"method":"ttsCallout","ttsCallout":{"cli":"+12065550150","destination":{"type":"number","endpoint":"+14255550123"},"text":"Hello from Sinch"}}',
  },
];

/** Languages of each receiver's page; the command prints the others. */
const receivedIn = ['javascript', 'python', 'php'];
/** Callbacks of the provider that this is made for are shown in all. */
const receivedInAll = new Set(['sinch-application']);

/**
 * Every page by its name in `docs/recipes/`.
 *
 * @param {object} core what of `@countersign/core` writes them: `signingProgram`, `receivingProgram`, `message`, `schemes`,
 *   `describeSource`
 */
export function recipePages(core) {
  const pages = new Map();
  for (const request of requests) {
    for (const id of Object.keys(languages)) pages.set(pageName(request, id), signingPage(core, request, id));
  }
  for (const scheme of receivable(core)) pages.set(`verify-${scheme.id}.md`, receivingPage(core, scheme));
  pages.set('README.md', indexPage(core));
  return pages;
}

const pageName = ({ slug }, id) => `${slug}-${languages[id].slug}.md`;

const madeBy = '<!-- Written by tools/write-recipes.js; change the program there, and not this page. -->';

const fenced = (fence, code) => `\`\`\`${fence}\n${code.trimEnd()}\n\`\`\``;

function signingPage(core, request, id) {
  const scheme = core.schemes.find((one) => one.id === request.scheme);
  const { name, fence, file } = languages[id];
  const { url, body } = request;
  const unsigned = core.message({ method: 'POST', url, headers: { 'Content-Type': 'application/json' }, body });
  const program = core.signingProgram(id, scheme, { url, message: unsigned });
  const others = Object.keys(languages).filter((other) => other !== id);
  const links = others.map((other) => `[${languages[other].name}](${pageName(request, other)})`).join(', ');
  const run =
    id === 'postman'
      ? 'It is the pre-request script of a request, a folder or a whole collection. Variables in URL and body are filled in before they are signed.'
      : `It needs nothing beside ${name === 'bash (openssl and curl)' ? 'bash, openssl and curl' : `what comes with ${name}`}. Method, URL and body stand at its top; secrets come from the environment, as \`SIGNING_SECRET\`${scheme.authorization.template.includes('{keyId}') ? ' and `SIGNING_KEY_ID`' : ''}.`;
  const tested = readOnly.has(id)
    ? 'This one was read twice and not run: our build has no compiler for it.'
    : 'Its like is run in our build, against a server that verifies, with bodies that have line breaks, quotes, é, an emoji, or nothing at all.';
  return `${madeBy}

# ${request.title} in ${name}

${request.what} ${run} ${request.secret}

\`${file}\`:

${fenced(fence, program)}

${tested}

## What is signed

${partsTable(core, scheme)}

HMAC-${scheme.mac.algorithm.toUpperCase()} of these, in ${scheme.mac.encoding}. [The provider's own page](${scheme.documentation}).

## Your own request

${fenced('sh', `countersign sign --output ${id} --scheme ${scheme.id} -H 'Content-Type: application/json' --data @body.json '${url}'`)}

prints this program for it. To try it without the provider, \`countersign serve\` starts a local server that checks the signature and says what is wrong with it; \`countersign diagnose\` does so of a request that was refused ([command line](../cli.md)).

In other languages: ${links}.
`;
}

/** Schemes whose requests somebody beside the provider receives. */
function receivable({ schemes, receivingProgram }) {
  return schemes.filter((scheme) => {
    if (scheme.signer !== 'provider' && !receivedInAll.has(scheme.id) && scheme.id !== 'vonage-sms') return false;
    try {
      return receivingProgram('javascript', scheme) !== '';
    } catch {
      return false;
    }
  });
}

/** What a receiver is told by the environment. */
function settings(core, scheme) {
  const program = core.receivingProgram('javascript', scheme);
  const more = [
    ...(program.includes('SIGNING_KEY_ID') ? ["the key's id from `SIGNING_KEY_ID`"] : []),
    ...(program.includes('PUBLIC_URL')
      ? ['the address at which the sender calls it, such as `https://example.com`, from `PUBLIC_URL`']
      : []),
  ];
  const all = ['The secret comes from `SIGNING_SECRET`', ...more];
  return `${all.join(more.length > 1 ? ', ' : ' and ')}; without ${more.length > 0 ? 'them' : 'one'} it does not start.`;
}

function receivingPage(core, scheme) {
  const all = Object.keys(languages).filter((id) => id !== 'postman');
  const shown = receivedInAll.has(scheme.id) ? all : receivedIn;
  const others = all.filter((id) => !shown.includes(id)).map((id) => languages[id].name);
  const names = shown.map((id) => languages[id].name);
  const programs = shown.map(
    (id) => `## ${languages[id].name}\n\n${fenced(languages[id].fence, core.receivingProgram(id, scheme))}`,
  );
  const { date } = scheme;
  const fresh = date
    ? `A date further than ${date.toleranceSeconds} seconds from the clock is refused.`
    : 'What is signed has no date, so an old request stays right for ever: know repeats by an id in the body.';
  return `${madeBy}

# Verify: ${scheme.title}, in ${names.slice(0, -1).join(', ')} and ${names.at(-1)}

A whole receiver that answers 204 to what is rightly signed and 401 to everything else: on the bytes that arrived, before anything parses them, and compared in constant time. ${fresh} ${settings(core, scheme)}

${partsTable(core, scheme)}

[The provider's own page](${scheme.documentation}).

${programs.join('\n\n')}

## Others
${others.length > 0 ? `\n\`countersign verify --scheme ${scheme.id} --output LANGUAGE\` prints it in ${others.join(', ')}, where it can be written there.\n` : ''}
A receiver that refuses what is right: \`countersign diagnose\` takes the request and, with \`--your-string\`, the string that your code makes of it. One that takes what is wrong: \`countersign probe\` tries the known attacks on it. [Receive signed requests](../receive.md) has the same for web frameworks, and [in production](../production.md) knows repeats.
`;
}

function indexPage(core) {
  const rows = Object.keys(languages).map(
    (id) =>
      `| ${languages[id].name} | ${requests.map((request) => `[${request.title}](${pageName(request, id)})`).join(' | ')} |`,
  );
  const receivers = receivable(core).map(({ id, title }) => `- [${title}](verify-${id}.md)`);
  return `${madeBy}

# Recipes

Whole programs to take home. Each is what \`countersign sign --output LANGUAGE\` or \`countersign verify --output LANGUAGE\` prints, for a request of yours as well; none needs Countersign to run.

## Sign and send

| language | ${requests.map(({ title }) => title).join(' | ')} |
| --- | ${requests.map(() => '---').join(' | ')} |
${rows.join('\n')}

[The signature that Sinch's page prints](sinch-page-misprint.md) is not that of the request beside it: test your code with the right one.

## Receive and verify

${receivers.join('\n')}
`;
}
