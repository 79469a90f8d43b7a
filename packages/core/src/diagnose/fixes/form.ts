import { fixesOf } from './statement.ts';

/** Code that asks whether the body is a form, before anything of it is believed. */
export const formFixes = fixesOf((language) => {
  switch (language) {
    case 'python':
      return "is_form = content_type.partition(';')[0].strip().lower() == 'application/x-www-form-urlencoded'";
    case 'csharp':
      return 'var isForm = contentType.Split(\';\')[0].Trim().ToLowerInvariant() == "application/x-www-form-urlencoded";';
    case 'java':
      return 'boolean isForm = contentType.split(";")[0].trim().equalsIgnoreCase("application/x-www-form-urlencoded");';
    case 'php':
      return "$isForm = strtolower(trim(explode(';', $contentType)[0])) === 'application/x-www-form-urlencoded';";
    case 'go':
      return 'isForm := strings.EqualFold(strings.TrimSpace(strings.SplitN(contentType, ";", 2)[0]), "application/x-www-form-urlencoded")';
    case 'ruby':
      return "is_form = content_type.to_s.split(';').first.to_s.strip.downcase == 'application/x-www-form-urlencoded'";
    case 'bash':
      return '[[ "${content_type,,}" =~ ^\\ *application/x-www-form-urlencoded\\ *($|;) ]] || exit 1';
    case 'powershell':
      return "$isForm = $contentType.Split(';')[0].Trim() -eq 'application/x-www-form-urlencoded'";
    default:
      return "const isForm = contentType.split(';')[0].trim().toLowerCase() === 'application/x-www-form-urlencoded';";
  }
}, 'of any other body the signature says nothing');
