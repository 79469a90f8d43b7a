import type { DateFormat } from '../../scheme.ts';
import type { Fixes } from '../diagnosis.ts';
import { assigned, type Expressions, type Remarks } from './statement.ts';

/** Expressions for the present moment as a scheme writes it, by language. */
const currentDate: Readonly<Record<Exclude<DateFormat, 'epoch'>, Expressions>> = {
  rfc1123: {
    javascript: 'new Date().toUTCString()',
    python: 'email.utils.formatdate(usegmt=True)',
    csharp: 'DateTimeOffset.UtcNow.ToString("r", CultureInfo.InvariantCulture)',
    java: 'DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss \'GMT\'", Locale.ENGLISH).withZone(ZoneOffset.UTC).format(Instant.now())',
    php: "gmdate('D, d M Y H:i:s') . ' GMT'",
    go: 'time.Now().UTC().Format(http.TimeFormat)',
    ruby: 'Time.now.httpdate',
    bash: "$(LC_ALL=C date -u '+%a, %d %b %Y %H:%M:%S GMT')",
    powershell: "[DateTime]::UtcNow.ToString('r', [Globalization.CultureInfo]::InvariantCulture)",
    postman: 'new Date().toUTCString()',
  },
  iso8601: {
    javascript: 'new Date().toISOString()',
    python: "datetime.now(timezone.utc).strftime('%Y-%m-%dT%H:%M:%SZ')",
    csharp: 'DateTime.UtcNow.ToString("o", CultureInfo.InvariantCulture)',
    java: 'Instant.now().toString()',
    php: "gmdate('Y-m-d\\TH:i:s\\Z')",
    go: 'time.Now().UTC().Format(time.RFC3339)',
    ruby: 'Time.now.utc.iso8601',
    bash: "$(date -u '+%Y-%m-%dT%H:%M:%SZ')",
    powershell: "[DateTime]::UtcNow.ToString('o', [Globalization.CultureInfo]::InvariantCulture)",
    postman: 'new Date().toISOString()',
  },
  'iso8601-basic': {
    javascript: "new Date().toISOString().replace(/\\.\\d+|[-:]/g, '')",
    python: "datetime.now(timezone.utc).strftime('%Y%m%dT%H%M%SZ')",
    csharp: "DateTime.UtcNow.ToString(\"yyyyMMdd'T'HHmmss'Z'\", CultureInfo.InvariantCulture)",
    java: "DateTimeFormatter.ofPattern(\"yyyyMMdd'T'HHmmss'Z'\").withZone(ZoneOffset.UTC).format(Instant.now())",
    php: "gmdate('Ymd\\THis\\Z')",
    go: 'time.Now().UTC().Format("20060102T150405Z")',
    ruby: "Time.now.utc.strftime('%Y%m%dT%H%M%SZ')",
    bash: "$(date -u '+%Y%m%dT%H%M%SZ')",
    powershell: "[DateTime]::UtcNow.ToString(\"yyyyMMdd'T'HHmmss'Z'\", [Globalization.CultureInfo]::InvariantCulture)",
    postman: "new Date().toISOString().replace(/\\.\\d+|[-:]/g, '')",
  },
  'epoch-milliseconds': {
    javascript: 'String(Date.now())',
    python: 'str(int(time.time() * 1000))',
    csharp: 'DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)',
    java: 'String.valueOf(System.currentTimeMillis())',
    php: '(string) floor(microtime(true) * 1000)',
    go: 'strconv.FormatInt(time.Now().UnixMilli(), 10)',
    ruby: 'Process.clock_gettime(Process::CLOCK_REALTIME, :millisecond).to_s',
    bash: '$(date +%s%3N)',
    powershell: '[DateTimeOffset]::UtcNow.ToUnixTimeMilliseconds().ToString()',
    postman: 'String(Date.now())',
  },
  'epoch-seconds': {
    javascript: 'String(Math.floor(Date.now() / 1000))',
    python: 'str(int(time.time()))',
    csharp: 'DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)',
    java: 'String.valueOf(Instant.now().getEpochSecond())',
    php: '(string) time()',
    go: 'strconv.FormatInt(time.Now().Unix(), 10)',
    ruby: 'Time.now.to_i.to_s',
    bash: '$(date +%s)',
    powershell: '[DateTimeOffset]::UtcNow.ToUnixTimeSeconds().ToString()',
    postman: 'String(Math.floor(Date.now() / 1000))',
  },
};

/** Code for a time that lies ahead by some seconds: until then a signature is good. */
export function expiryFixes(seconds: number): Fixes {
  return assigned('date', 'text', {
    javascript: `String(Math.floor(Date.now() / 1000) + ${seconds})`,
    python: `str(int(time.time()) + ${seconds})`,
    csharp: `(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + ${seconds}).ToString(CultureInfo.InvariantCulture)`,
    java: `String.valueOf(Instant.now().getEpochSecond() + ${seconds})`,
    php: `(string) (time() + ${seconds})`,
    go: `strconv.FormatInt(time.Now().Unix()+${seconds}, 10)`,
    ruby: `(Time.now.to_i + ${seconds}).to_s`,
    bash: `$(($(date +%s) + ${seconds}))`,
    powershell: `([DateTimeOffset]::UtcNow.ToUnixTimeSeconds() + ${seconds}).ToString()`,
    postman: `String(Math.floor(Date.now() / 1000) + ${seconds})`,
  });
}

/** Code that takes the date as a scheme writes it. */
export function dateFixes(format: DateFormat = 'rfc1123', remarks: Remarks = {}): Fixes & { readonly postman: string } {
  return assigned('date', 'text', currentDate[format === 'epoch' ? 'epoch-seconds' : format], remarks);
}
