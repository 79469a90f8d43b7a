import type { FixLanguage } from '../../diagnose/diagnosis.ts';

/** What a function is called in each language. */
export function functionName(language: FixLanguage, name: string): string {
  if (language === 'python' || language === 'ruby' || language === 'bash')
    return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return language === 'csharp' || language === 'powershell' ? name.charAt(0).toUpperCase() + name.slice(1) : name;
}
