import type { MemoryAnswer } from './memory-agents.ts';

/** What postman-collection gives of an example that is saved with a request. */
export interface SavedResponse {
  readonly code?: number;
  readonly body?: string;
  readonly headers: {
    all(): readonly { readonly key?: unknown; readonly value?: unknown; readonly disabled?: boolean }[];
  };
}

/** Headers that say how the bytes of the answer came; they come otherwise here. */
const ofTheTransport = new Set([
  'connection',
  'content-encoding',
  'content-length',
  'keep-alive',
  'transfer-encoding',
  'trailer',
  'upgrade',
]);

/**
 * What a request is answered: its first saved example of a success, so that scripts which read answers find what they look
 * for; where it has none, the object that is given.
 */
export function savedAnswer(examples: readonly SavedResponse[], otherwise: object): MemoryAnswer {
  const example = examples.find(({ code }) => code !== undefined && code >= 200 && code < 300);
  if (!example)
    return { status: 200, headers: [['content-type', 'application/json']], body: JSON.stringify(otherwise) };
  const headers = example.headers.all().flatMap(({ key, value, disabled }): [string, string][] => {
    const [name, text] = [String(key), String(value)];
    const isSendable = /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(text);
    return disabled || !isSendable || ofTheTransport.has(name.toLowerCase()) ? [] : [[name, text]];
  });
  return { status: example.code ?? 200, headers, body: example.body ?? '' };
}
