import type { FixLanguage } from '@countersign/core/diagnose';
import type { Message } from '@countersign/core/message';
import { receivingProgram, signingProgram } from '@countersign/core/programs';
import type { Scheme } from '@countersign/core/scheme';
import { originOf } from './origin.ts';

/** A program by language, or why there is none. */
export type Programs = Readonly<Partial<Record<FixLanguage, WrittenProgram>>>;

/** A program, or why it cannot be written in that language. */
export type WrittenProgram = { readonly code: string } | { readonly problem: string };

const languages: readonly FixLanguage[] = [
  'javascript',
  'python',
  'csharp',
  'java',
  'php',
  'go',
  'ruby',
  'bash',
  'powershell',
  'postman',
];

/** Programs that sign a request and send it. */
export function signingPrograms(scheme: Scheme, message: Message): Programs {
  const { target, body } = message;
  const url = `${originOf(message)}${target}`;
  if (!(body instanceof Uint8Array)) return {};
  return written((language) => signingProgram(language, scheme, { url, message: { ...message, body } }));
}

/** Programs that receive what a scheme signs, and verify it. */
export function receivingPrograms(scheme: Scheme): Programs {
  return written((language) => receivingProgram(language, scheme));
}

function written(write: (language: FixLanguage) => string): Programs {
  return Object.fromEntries(languages.map((language) => [language, attempt(() => write(language))]));
}

function attempt(write: () => string): WrittenProgram {
  try {
    return { code: write() };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
