import { javascript } from './javascript.ts';
import type { ProgramLanguage, SigningSteps } from '../kit/program-language.ts';
import { commented } from '../kit/used-imports.ts';

/** What Postman percent-encodes in a path and in a query alike, after the script; what is encoded already stays as it is. */
const encoded = String.raw`.replace(/[^!-~]|["<>]/gu, encodeURIComponent)`;

/** A line that takes the URL or a part of it, as it will be sent. */
function asSent(line: string): string {
  const taken = /^const \w+ = pm\.variables\.replaceIn\(pm\.request\.url\.\w+\(\)\)(?=;)/m;
  return line.replace(taken, (whole) => whole + encoded);
}

function signing({ title, functions, request, lines, headers }: SigningSteps): string {
  return `${commented([...title, 'The pre-request script of the request (or of its folder or collection).', "Keep the secret in a variable named key, and the key's id in one named keyId: of Postman's vault, or as a secret."], '//')}
${[...functions, ...request.map(asSent), ...lines.map(asSent), ...headers].join('\n')}
`;
}

/** Pre-request scripts of Postman. */
export const postman: ProgramLanguage = { extension: 'js', sortedText: javascript.sortedText, signing };
