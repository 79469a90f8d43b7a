/**
 * Why: a provider is a plug only as long as nothing else names it. Its folders, core's schemes and catalog and the lists of
 * plugs do; everybody else asks them. A name in a comment is no dependency.
 */
import { parseSync } from 'vite';

// Not the `ACS` in the middle of `HMACSHA256`.
const name = /\bacs(?![a-z])|Acs(?![a-z])|(?<![A-Z])ACS(?![A-Z])|[sS]inch|SINCH/g;

/** The names of providers in a module's code (strings, text of JSX and identifiers), each once, as written. */
export function providerNames(file, text) {
  const { comments } = parseSync(file, text);
  let code = '';
  let at = 0;
  for (const { start, end } of comments) {
    code += text.slice(at, start);
    at = end;
  }
  return [...new Set((code + text.slice(at)).match(name))];
}

/** Files whose business is a provider. */
const own = [
  /^packages\/\w+\/src\/providers\/(?:acs|sinch|catalog|provider-hints)\b/,
  /^packages\/core\/src\/(?:schemes|providers|deviations)\//,
  // Public entries that are named after what they are for.
  /^packages\/core\/src\/(?:acs-event-token|development-account)\.ts$/,
  // What people read of a mistake says with whose API it happens.
  /^packages\/core\/src\/diagnose\/mistake-causes\.ts$/,
  // The list of plugs, and a sample to try.
  /^packages\/\w+\/src\/plugs\.ts$/,
  /^packages\/console\/src\/playground\/samples\.ts$/,
];

/** Whether a file may name providers for good. */
export function isProviders(file) {
  return own.some((pattern) => pattern.test(file));
}
