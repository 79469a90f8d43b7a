import type { FixLanguage } from '../../diagnose/diagnosis.ts';
import type { ProgramLanguage } from '../kit/program-language.ts';
import { bash } from './bash.ts';
import { csharp } from './csharp.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { javascript } from './javascript.ts';
import { php } from './php.ts';
import { postman } from './postman.ts';
import { powershell } from './powershell.ts';
import { python } from './python.ts';
import { ruby } from './ruby.ts';

/** Every language of programs: those of the fixes. */
export const languages: Readonly<Record<FixLanguage, ProgramLanguage>> = {
  javascript,
  python,
  csharp,
  java,
  php,
  go,
  ruby,
  bash,
  powershell,
  postman,
};
