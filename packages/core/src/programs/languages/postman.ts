import { javascript } from './javascript.ts';
import type { ProgramLanguage, SigningSteps } from '../kit/program-language.ts';
import { commented } from '../kit/used-imports.ts';

function signing({ title, functions, request, lines, headers }: SigningSteps): string {
  return `${commented([...title, 'The pre-request script of the request (or of its folder or collection).', "Keep the secret in a variable named key, and the key's id in one named keyId: of Postman's vault, or as a secret."], '//')}
${[...functions, ...request, ...lines, ...headers].join('\n')}
`;
}

/** Pre-request scripts of Postman. */
export const postman: ProgramLanguage = { extension: 'js', sortedText: javascript.sortedText, signing };
