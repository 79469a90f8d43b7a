import type { FixLanguage } from '../../diagnose/diagnosis.ts';
import type { ReceivingLanguage } from '../kit/receiving-language.ts';
import { bash } from './bash.ts';
import { csharp } from './csharp.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { javascript } from './javascript.ts';
import { php } from './php.ts';
import { powershell } from './powershell.ts';
import { python } from './python.ts';
import { ruby } from './ruby.ts';

/** Every language in which people receive: those of the fixes, without Postman's. */
export const receivers: Readonly<Record<Exclude<FixLanguage, 'postman'>, ReceivingLanguage>> = {
  javascript,
  python,
  csharp,
  java,
  php,
  go,
  ruby,
  bash,
  powershell,
};
