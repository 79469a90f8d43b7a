import type { Prompt, VoiceWish } from '../../../engine/call.ts';

/** Longest text of a `say` instruction, a callout's text or its prompts, in characters. */
export const maxPromptLength = 600;

/** The outcome of reading a prompt list: the prompts, or what is wrong with it and where. */
export type PromptsResult =
  { readonly ok: true; readonly prompts: readonly Prompt[] } | { readonly ok: false; readonly problem: string };

const bracketed = /#(tts|ssml|href)\[/iy;
const white = /\s*/y;
const itemEnd = /\s*(;|$)/y;

/**
 * Reads a prompt list: items separated by semicolons, played in order. An item is `#tts[text]`, `#ssml[<speak>…</speak>]`,
 * `#href[https://…]`, a bare URL, or the name of a file that was uploaded to Sinch. Brackets and semicolons inside an
 * item belong to it as long as its brackets are balanced.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/voice/callouts
 */
export function parsePrompts(list: string, voice: VoiceWish): PromptsResult {
  const prompts: Prompt[] = [];
  let at = 0;
  while (at < list.length) {
    const item = readItem(list, at);
    if (typeof item === 'string') return { ok: false, problem: item };
    at = item.end;
    if (item.kind === 'empty') continue;
    const prompt = promptOf(item, voice);
    if (typeof prompt === 'string') return { ok: false, problem: `${prompt} at character ${item.start}` };
    prompts.push(prompt);
  }
  return { ok: true, prompts };
}

interface Item {
  readonly kind: 'empty' | 'name' | 'tts' | 'ssml' | 'href';
  readonly content: string;
  readonly start: number;
  /** Where the next item begins. */
  readonly end: number;
}

function readItem(list: string, from: number): Item | string {
  const start = from + (matchAt(white, list, from)?.[0].length ?? 0);
  const opening = matchAt(bracketed, list, start);
  if (!opening) {
    const semicolon = list.indexOf(';', start);
    const end = semicolon < 0 ? list.length : semicolon;
    const content = list.slice(start, end).trim();
    return { kind: content === '' ? 'empty' : 'name', content, start, end: end + 1 };
  }
  const kind = (opening[1] ?? '').toLowerCase() as 'tts' | 'ssml' | 'href';
  const open = start + opening[0].length;
  const close = closingBracket(list, open);
  if (close === undefined) return `#${kind}[ at character ${start} has no closing bracket`;
  const rest = matchAt(itemEnd, list, close + 1);
  if (!rest) return `expected ";" after #${kind}[…] at character ${close + 1}`;
  return { kind, content: list.slice(open, close).trim(), start, end: close + 1 + rest[0].length };
}

/** What a sticky pattern finds at a place. */
function matchAt(pattern: RegExp, list: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(list);
}

function closingBracket(list: string, from: number): number | undefined {
  let depth = 1;
  for (let at = from; at < list.length; at += 1) {
    if (list[at] === '[') depth += 1;
    else if (list[at] === ']') depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}

function promptOf(item: Item, voice: VoiceWish): Prompt | string {
  if (item.content === '') return `#${item.kind}[] is empty`;
  switch (item.kind) {
    case 'tts':
      return { kind: 'text', text: item.content, voice };
    case 'ssml':
      return { kind: 'ssml', ssml: speakElement(item.content), voice };
    case 'href':
      return isUrl(item.content)
        ? { kind: 'file', uri: item.content }
        : `#href[…] needs an http or https URL, and "${item.content}" is none`;
    default:
      return { kind: 'file', uri: item.content };
  }
}

/** Sinch's own examples write `#ssml[text]` without the `speak` element. */
function speakElement(ssml: string): string {
  return /^<(?:\?xml|speak)\b/i.test(ssml) ? ssml : `<speak>${ssml}</speak>`;
}

function isUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}
