import type { CommonField } from '../../places/authorization.ts';
import type { Scheme } from '../../scheme.ts';
import { whiteSpace, withoutEnd } from '../../canonical/trimming.ts';
import { looksLikeDigest } from './received-signature.ts';
import { visible } from '../text/visible.ts';

type Field = CommonField;

/** Labels of a template as it spells them: `SignedHeaders` of `SignedHeaders={signedHeaders}&Signature={signature}`. */
export function templateLabels({ authorization: { template } }: Scheme): ReadonlyMap<string, Field> {
  const labels = new Map<string, Field>();
  for (const [, label = '', field = ''] of template.matchAll(/([\w-]+)=\{(\w+)\}/g)) labels.set(label, field as Field);
  return labels;
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
export function readLabelled(
  scheme: Scheme,
  text: string,
  slips: string[],
): Partial<Record<Field, string>> | undefined {
  const labels = templateLabels(scheme);
  const pieces = piecesOf(text, [...labels.keys()]);
  const fields: Partial<Record<Field, string>> = {};
  const order: string[] = [];
  for (const [index, { label, means, to, sign }] of pieces.entries()) {
    const whole = text.slice(to, pieces[index + 1]?.from ?? text.length);
    const value = index === pieces.length - 1 ? whole : withoutEnd(whole, `${whiteSpace},;&?`);
    const next = pieces[index + 1];
    if (next) checkSeparator(whole.slice(value.length), means, slips);
    const field = means === undefined ? undefined : labels.get(means);
    if (means === undefined || field === undefined) {
      slips.push(`the parameter ${label}=… does not belong to this scheme`);
      continue;
    }
    if (fields[field] !== undefined) slips.push(`${means} is given twice`);
    if (label !== means) slips.push(`"${means}" is spelled "${label}"`);
    if (sign !== '=') slips.push(`"${sign.trim() === '=' ? sign : sign.trim()}" follows ${means} instead of "="`);
    order.push(means);
    fields[field] = value;
  }
  if (fields.signature === undefined) {
    const bare = text.split(/[\s,;&]+/).find((token) => looksLikeDigest(token));
    if (bare === undefined) return undefined;
    slips.push('it holds the signature without its label');
    return { ...fields, signature: bare };
  }
  const before = text.slice(0, pieces[0]?.from ?? 0);
  if (before !== '') slips.push(`"${visible(before)}" stands before ${pieces[0]?.label}`);
  for (const [label, field] of labels) if (fields[field] === undefined) slips.push(`${label}= is missing`);
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

function checkSeparator(between: string, behind: string | undefined, slips: string[]): void {
  if (between === '&') return;
  const marks = between.replace(/\s/g, '');
  if (marks === '&') slips.push('white space stands beside the "&" between the parameters');
  else if (marks === '&&') slips.push('the "&" between the parameters stands there twice');
  else if (/^[;,]+&$/.test(marks) && behind) slips.push(`${behind} ends in "${marks.slice(0, -1)}"`);
  else if (marks === '') slips.push('the parameters are separated by white space instead of "&"');
  else slips.push(`the parameters are separated by "${between.trim()}" instead of "&"`);
}
