import type { FixLanguage } from '../../diagnose/diagnosis.ts';
import { providerHints } from '../../providers/provider-hints.ts';
import { languageOfCode } from '../../requests/code-kind.ts';
import type { Scheme } from '../../scheme.ts';
import { schemes } from '../../schemes/catalog.ts';
import { pastedCode } from './pasted-code.ts';
import { withoutComments } from './without-comments.ts';
import { withoutOutput } from './without-output.ts';

/** Code that makes or checks a signature. */
export interface SigningCode {
  readonly language: FixLanguage;
  /** The code, and what stands around it, with blanks in the place of comments and of what is only shown. */
  readonly text: string;
  /** What was pasted, as it stands. */
  readonly whole: string;
  /** By which scheme it signs, where its headers and hosts tell. */
  readonly scheme: Scheme | undefined;
  /** Whether something in it is of another scheme, whose keys are read in another way: which key is whose does not show. */
  readonly hasOtherKeys: boolean;
}

/** What is read of a text: beyond it there is no program that somebody wrote to sign a request. */
const mostCharacters = 200_000;

const signs = /hmac|hash_hmac|\bsignature\b/i;

/** The code in a text; `undefined` where there is none that signs. */
export function signingCode(input: string): SigningCode | undefined {
  const whole = pastedCode(input).slice(0, mostCharacters).replaceAll('\r\n', '\n');
  const language = languageOfCode(whole.trimStart());
  if (language === undefined) return undefined;
  const code = withoutComments(whole, language);
  if (!signs.test(code)) return undefined;
  const scheme = schemeOfCode(whole);
  const hasOtherKeys = scheme !== undefined && hasKeysBeside(whole, scheme);
  return { language, text: withoutOutput(code, language), whole, scheme, hasOtherKeys };
}

/** The scheme of which most is in the text: its headers, how its Authorization begins, its hosts. */
function schemeOfCode(text: string): Scheme | undefined {
  const lower = text.toLowerCase();
  let best: Scheme | undefined;
  let most = 0;
  for (const scheme of schemes) {
    const found = marksOf(scheme).filter((mark) => lower.includes(mark)).length;
    // A provider's webhook is nothing that anybody signs, so of two that look alike it is the other one.
    if (found > most || (found === most && found > 0 && best?.signer === 'provider' && scheme.signer !== 'provider')) {
      best = scheme;
      most = found;
    }
  }
  return best;
}

function hasKeysBeside(text: string, scheme: Scheme): boolean {
  const lower = text.toLowerCase();
  const own = new Set(marksOf(scheme));
  // A word may stand in any text; a header's name or a host does not.
  const isTelling = (mark: string): boolean =>
    /^[\w.-]*[.-][\w.-]*$/.test(mark) && !own.has(mark) && lower.includes(mark);
  return schemes.some((other) => other.key.encoding !== scheme.key.encoding && marksOf(other).some(isTelling));
}

/** Texts by which the code of a scheme is known, in lower case. */
function marksOf(scheme: Scheme): string[] {
  const { authorization, contentHash, date } = scheme;
  const [word = ''] = authorization.template.split('{', 1);
  const headers = [
    contentHash?.header,
    authorization.header,
    authorization.keyHeader?.header,
    ...(date?.headers ?? []),
  ];
  return [
    ...headers.filter((name): name is string => name !== undefined && name.includes('-')),
    ...(word.length >= 8 ? [word.toLowerCase()] : []),
    ...(providerHints(scheme)?.hosts ?? []),
  ];
}
