import type { DiagnosisNote } from '../diagnosis.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { EditName } from '../reading/file-edits.ts';
import { isLost, type BodyOrigin } from '../reading/body-origin.ts';
import type { ContentHashResult } from '../search/content-hash-search.ts';
import type { SentBody } from '../search/body-as-sent.ts';
import { canHit } from '../search/matrix.ts';
import { firstDifference } from '../text/visible.ts';

const id = 'input/edited';

/** What was done to the body in the file. */
const words: Readonly<Record<EditName, string>> = {
  'line break added': 'a line break was added at the end',
  'white space added': 'white space was added at the end',
  'blank line before': 'a blank line was put before the body',
  'response behind': 'the response follows the body',
  'more behind': 'something else follows the body',
  'byte order mark before': 'a byte order mark was put before the body',
  'line break lost': 'the line break at the end was taken off',
  'HTML escapes': 'it was escaped for HTML',
  'typographic quotes': 'its quotation marks were made typographic',
  'no-break spaces': 'its spaces were made no-break spaces',
  'terminal colours': 'it was coloured for a terminal',
  'lines broken': 'its lines were broken',
  charset: 'it was saved in another charset',
  'line ends': 'its line ends were changed',
  'JSON layout': 'its JSON was formatted again',
  'spaces for tabs': 'its tabs were made spaces',
  'tabs for spaces': 'its spaces were made tabs',
  'escapes decoded': 'its escapes were written as characters',
  'escapes made': 'its characters were written as escapes',
  normalization: 'its accents were composed otherwise',
};

/** What differs between the file and what was sent, and what speaks for the body that was judged. */
export function restoredBodyNote(evidence: Evidence, { body, edits, isProven }: SentBody): DiagnosisNote {
  const { origin, contentHash } = evidence;
  const file = origin.file ?? evidence.body ?? new Uint8Array();
  const done = edits.length > 0 ? edits.map(({ name }) => words[name]).join(', and ') : 'it is written otherwise';
  const what = body.length === 0 ? 'none was sent, and something follows the head' : done;
  const proof = contentHash?.sent === undefined ? 'the signature' : (contentHash.header ?? 'the content hash');
  const speakers = [...(origin.length === undefined ? [] : ['Content-Length']), ...(isProven ? [proof] : [])];
  const difference = `It has ${bytes(file.length)} where ${body.length} ${body.length === 1 ? 'was' : 'were'} sent, and differs from byte ${firstDifference(file, body) + 1} on`;
  const judged = `${speakers.join(' and ')} ${speakers.length > 1 ? 'speak' : 'speaks'} for what was sent, and that was judged`;
  const doubt =
    origin.length === undefined
      ? ' The request does not say its length: if the bytes of the file are what was sent, then another body was signed, and that is the mistake.'
      : '';
  return {
    id,
    summary: `The body in the file is not the one that was sent: ${what}. ${difference}. ${judged}.${doubt}`,
  };
}

/** The body that was sent is not in the file and cannot be had from it. */
export function lostNotes(evidence: Evidence, hash: ContentHashResult | undefined): DiagnosisNote[] {
  const { origin, bodyText, body, contentHash, scheme } = evidence;
  // One that the hash was found to be of is no other.
  if (!isLost(origin, bodyText) || !canHit('body', scheme) || (hash && hash.state !== 'mismatch')) return [];
  // Only its spelling is in doubt, and the body that was judged is worth more words.
  if (origin.state === 'restored' && contentHash?.sent === undefined) return [];
  const seen = whatIsSeen(origin, body);
  const consequence =
    contentHash?.sent === undefined
      ? 'Without the whole body its signature cannot be recomputed: bring the bytes that were sent.'
      : `The signature is judged over ${withArticle(contentHash.header ?? 'content hash')} that was sent; whether that is the hash of the body cannot be told without it.`;
  return [{ id, summary: `The file does not hold the body that was sent: ${seen}. ${consequence}` }];
}

function bytes(count: number): string {
  return count === 1 ? '1 byte' : `${count} bytes`;
}

/** Whether the signature is over a body that is not there: then nothing points to the key, and no option helps. */
export function isBlind(evidence: Evidence, hash: ContentHashResult | undefined): boolean {
  return evidence.contentHash?.sent === undefined && lostNotes(evidence, hash).length > 0;
}

function whatIsSeen({ length, file, shown }: BodyOrigin, body: Uint8Array = new Uint8Array()): string {
  if (length !== undefined)
    return `Content-Length says ${bytes(length)}, and the body in the file has ${(file ?? body).length}`;
  if (body.length === 0) return 'its head says that there is a body, and none stands in the file';
  return shown
    ? 'it is as a tool shows it to people, and its length is not told'
    : `it ends before the body does, after ${bytes(body.length)}`;
}

/** A claim comes with its article. */
function withArticle(name: string): string {
  return name.startsWith('the ') ? name : `the ${name}`;
}
