import { Command } from 'commander';
import { knownDeviations } from '@countersign/core/deviations';
import { hasPublicKeys, type AnyScheme } from '@countersign/core/public-key-scheme';
import { describeSource, type RequestRules, type Scheme } from '@countersign/core/scheme';
import { everyScheme } from '@countersign/core/schemes/catalog';
import { table } from '../output/table.ts';
import type { Terminal } from '../terminal.ts';

/** `countersign schemes`: lists the schemes, with their documentation and what they sign. */
export function schemesCommand(terminal: Terminal): Command {
  return new Command('schemes')
    .description('list the signature schemes, their documentation and what each signs')
    .option('--json', 'print one JSON value')
    .addHelpText('after', '\nExample:\n  countersign schemes --json\n')
    .action(({ json }: { json?: boolean }) => {
      terminal.wantsJson = json ?? false;
      if (json) terminal.json(everyScheme.map(schemeJson));
      else terminal.result(everyScheme.map((scheme) => describe(scheme, terminal)).join('\n\n'));
    });
}

function describe(scheme: AnyScheme, { paint }: Terminal): string {
  const parts = scheme.parts.map(({ name, source, before = '' }) => [
    name,
    describeSource(source, scheme) + (before === '' ? '' : `, after "${before}"`),
  ]);
  return [
    `${paint('bold', scheme.id)}  ${scheme.title}`,
    `  ${scheme.documentation}`,
    `  ${carriedAs(scheme)}`,
    `  ${keyWords(scheme)}, over`,
    ...table(parts, '    '),
  ].join('\n');
}

function carriedAs({ authorization: { header, parameter, template, keyHeader } }: RequestRules): string {
  const place = keyHeader?.claim === undefined ? keyHeader?.header : `the claim ${keyHeader.claim}`;
  const key = keyHeader ? `, and ${place}: ${keyHeader.template}` : '';
  return (parameter === undefined ? `${header}: ${template}` : `parameter ${parameter}=${template}`) + key;
}

function keyWords(scheme: AnyScheme): string {
  if (!hasPublicKeys<Scheme>(scheme)) return `${macWords(scheme.mac)}, key in ${scheme.key.encoding}`;
  const { algorithm, encoding, form } = scheme.publicKey;
  return `${algorithm} in ${encoding}${form === undefined ? '' : ` (${form})`}, verified with a public key`;
}

function macWords({ algorithm, encoding, choices = {} }: Scheme['mac']): string {
  const name = algorithm === 'md5-suffix' ? 'MD5 with the secret behind' : `HMAC-${algorithm.toUpperCase()}`;
  const names = Object.keys(choices);
  return `${name} in ${encoding}${names.length > 0 ? ` (a key may choose ${names.join(', ')})` : ''}`;
}

function without<Rule extends object, Name extends keyof Rule>(rule: Rule, name: Name): Omit<Rule, Name> {
  const { [name]: _, ...rest } = rule;
  return rest;
}

/** One element of what `schemes --json` prints; schema/schemes.schema.json describes it. */
function schemeJson(scheme: AnyScheme): unknown {
  const { id, title, documentation, contentHash, date, signedHeaders, authorization, parts } = scheme;
  return {
    id,
    title,
    documentation,
    ...(hasPublicKeys<Scheme>(scheme) ? { publicKey: scheme.publicKey } : { key: scheme.key, mac: scheme.mac }),
    ...(contentHash && { contentHash }),
    ...(date && { date }),
    ...(signedHeaders && { signedHeaders: signedHeaders.accepted }),
    authorization: without(authorization, 'anyCaseWord'),
    parts: parts.map(({ name, source, before = '', after }) => ({
      name,
      from: source.from,
      before,
      after,
      description: describeSource(source, scheme),
    })),
    deviations: knownDeviations(scheme).map((deviation) => ({ id: deviation.id, summary: deviation.summary })),
  };
}
