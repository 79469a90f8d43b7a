import type { DateFormat } from '../../scheme.ts';
import type { FixLanguage, Fixes } from '../diagnosis.ts';

/** Expressions for the present moment as a scheme writes it, by language. */
export const currentDate: Readonly<Record<DateFormat, Readonly<Record<FixLanguage, string>>>> = {
  rfc1123: {
    javascript: 'new Date().toUTCString()',
    python: 'email.utils.formatdate(usegmt=True)',
    csharp: 'DateTimeOffset.UtcNow.ToString("r", CultureInfo.InvariantCulture)',
    java: 'DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss \'GMT\'", Locale.ENGLISH).withZone(ZoneOffset.UTC).format(Instant.now())',
    php: "gmdate('D, d M Y H:i:s') . ' GMT'",
    postman: 'new Date().toUTCString()',
  },
  iso8601: {
    javascript: 'new Date().toISOString()',
    python: "datetime.now(timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')",
    csharp: 'DateTime.UtcNow.ToString("o", CultureInfo.InvariantCulture)',
    java: 'Instant.now().toString()',
    php: "gmdate('Y-m-d\\TH:i:s\\Z')",
    postman: 'new Date().toISOString()',
  },
  'epoch-seconds': {
    javascript: 'String(Math.floor(Date.now() / 1000))',
    python: 'str(int(time.time()))',
    csharp: 'DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)',
    java: 'String.valueOf(Instant.now().getEpochSecond())',
    php: '(string) time()',
    postman: 'String(Math.floor(Date.now() / 1000))',
  },
};

/** Code that takes the date as a scheme writes it. */
export function dateFixes(format: DateFormat): Fixes {
  const code = currentDate[format];
  return {
    javascript: `const date = ${code.javascript};`,
    python: `date = ${code.python}`,
    csharp: `var date = ${code.csharp};`,
    java: `String date = ${code.java};`,
    php: `$date = ${code.php};`,
    postman: `const date = ${code.postman};`,
  };
}
