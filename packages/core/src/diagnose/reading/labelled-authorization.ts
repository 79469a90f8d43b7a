import { templateFields, type AuthorizationFields, type CommonField } from '../../places/authorization.ts';
import type { Scheme } from '../../scheme.ts';
import { whiteSpace, withoutEnd } from '../../canonical/trimming.ts';
import { looksLikeDigest } from './received-signature.ts';
import { visible } from '../text/visible.ts';

/**
 * Labels of a template as it spells them, each with the template of its value: `SignedHeaders` and `{signedHeaders}` of
 * `SignedHeaders={signedHeaders}&Signature={signature}`, `Credential` and `{keyId}/{scope}` of AWS.
 */
export function templateLabels({ authorization: { template } }: Scheme): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const [, label = '', value = ''] of template.matchAll(/([\w-]+)=((?:\{\w+\}\/?)+)/g)) labels.set(label, value);
  return labels;
}

/** What stands between them. */
function separatorOf({ authorization: { template } }: Scheme): string {
  return /\}([^{}\w/]+)[\w-]+=\{/.exec(template)?.[1] ?? '&';
}

/** One `label=value` of the header. */
interface Piece {
  readonly label: string;
  /** The label of the template that it means, if any. */
  readonly means: string | undefined;
  readonly from: number;
  readonly to: number;
  readonly sign: string;
}

/** Reads `label=value` fields behind the leading word, in whatever order, with whatever between them. */
export function readLabelled(scheme: Scheme, text: string, slips: string[]): Partial<AuthorizationFields> | undefined {
  const labels = templateLabels(scheme);
  const separator = separatorOf(scheme);
  const pieces = piecesOf(text, [...labels.keys()]);
  const values = new Map<string, string>();
  const order: string[] = [];
  for (const [index, { label, means, to, sign }] of pieces.entries()) {
    const whole = text.slice(to, pieces[index + 1]?.from ?? text.length);
    const value = index === pieces.length - 1 ? whole : withoutEnd(whole, `${whiteSpace},;&?`);
    const next = pieces[index + 1];
    if (next) checkSeparator(whole.slice(value.length), separator, means, slips);
    if (means === undefined) {
      slips.push(`the parameter ${label}=… does not belong to this scheme`);
      continue;
    }
    if (values.has(means)) slips.push(`${means} is given twice`);
    if (label !== means) slips.push(`"${means}" is spelled "${label}"`);
    if (sign !== '=') slips.push(`"${sign.trim() === '=' ? sign : sign.trim()}" follows ${means} instead of "="`);
    order.push(means);
    values.set(means, value);
  }
  const fields = fieldsOf(labels, values);
  if (fields.signature === undefined) {
    const bare = text.split(/[\s,;&]+/).find((token) => looksLikeDigest(token));
    if (bare === undefined) return undefined;
    slips.push('it holds the signature without its label');
    return { ...fields, signature: bare };
  }
  const before = text.slice(0, pieces[0]?.from ?? 0);
  if (before !== '') slips.push(`"${visible(before)}" stands before ${pieces[0]?.label}`);
  for (const label of labels.keys()) if (!values.has(label)) slips.push(`${label}= is missing`);
  if (order.join() !== [...labels.keys()].filter((label) => order.includes(label)).join())
    slips.push('the parameters stand in another order');
  return fields;
}

/** A label counts where a value begins and something follows its "=" or ":"; the padding of base64 is followed by nothing. */
function piecesOf(text: string, labels: readonly string[]): Piece[] {
  const found = [...text.matchAll(/(?<=^|[\s,;&?"'{(])([A-Za-z][\w-]*)["']?(\s*[=:]\s*)(?=["'`“‘<{[]?[^=&,;\s"'])/g)];
  return found
    .map(({ 0: whole, 1: label = '', 2: sign = '', index }) => {
      const means = labels.find((known) => sameLabel(known, label));
      return { label, means, from: index, to: index + whole.length, sign };
    })
    .filter(({ means, sign }) => sign.trim() === '=' || means !== undefined);
}

/** In any case, with or without marks, in the singular, or cut to `sig`. */
function sameLabel(known: string, label: string): boolean {
  const [one, other] = [known, label].map((text) => text.toLowerCase().replace(/[-_]/g, '')) as [string, string];
  return one === other || one === `${other}s` || (other === 'sig' && one === 'signature');
}

/** The fields of each label's value by its template: the common ones, and those of the scheme's own. */
function fieldsOf(
  labels: ReadonlyMap<string, string>,
  values: ReadonlyMap<string, string>,
): Partial<AuthorizationFields> {
  const common: Partial<Record<CommonField, string>> = {};
  const own: Record<string, string> = {};
  for (const [label, value] of values) {
    const names = [...(labels.get(label) ?? '').matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    // Of several fields the first ends at the first slash.
    const rest = value.split('/');
    for (const [at, name] of names.entries()) {
      const text = (at === names.length - 1 ? rest.splice(0) : rest.splice(0, 1)).join('/');
      if ((templateFields as readonly string[]).includes(name)) common[name as CommonField] = text;
      else own[name] = text;
    }
  }
  return Object.keys(own).length > 0 ? { ...common, fields: own } : common;
}

function checkSeparator(between: string, separator: string, behind: string | undefined, slips: string[]): void {
  if (between === separator) return;
  const marks = between.replace(/\s/g, '');
  const wanted = separator.trim();
  if (marks === wanted) {
    // A comma may have white space behind it or none.
    if (wanted !== ',') slips.push(`white space stands beside the "${wanted}" between the parameters`);
  } else if (marks === wanted + wanted) slips.push(`the "${wanted}" between the parameters stands there twice`);
  else if (marks.endsWith(wanted) && /^[;,]+$/.test(marks.slice(0, -wanted.length)) && behind)
    slips.push(`${behind} ends in "${marks.slice(0, -wanted.length)}"`);
  else if (marks === '') slips.push(`the parameters are separated by white space instead of "${wanted}"`);
  else slips.push(`the parameters are separated by "${between.trim()}" instead of "${wanted}"`);
}
