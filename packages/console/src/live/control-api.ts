/** The control API refused, or could not be reached. The message says what happened, for people. */
export class ControlApiError extends Error {
  override readonly name = 'ControlApiError';
  /** The answer's status; `undefined` when there was no answer. */
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.status = status;
  }
}

/** The address of something below `/_control`; the parts of the path are encoded. */
export function controlUrl(...path: readonly string[]): string {
  return `/_control/${path.map(encodeURIComponent).join('/')}`;
}

/** Reads something. @throws ControlApiError */
export function readControl<T>(url: string, signal?: AbortSignal): Promise<T> {
  return ask<T>(url, signal ? { signal } : {});
}

/** Does something. @throws ControlApiError */
export function tellControl<T>(method: 'POST' | 'PUT' | 'DELETE', url: string, body: unknown = {}): Promise<T> {
  if (method === 'DELETE') return ask<T>(url, { method });
  return ask<T>(url, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

/** Reads something that is text and no JSON. @throws ControlApiError */
export async function readControlText(url: string): Promise<string> {
  const response = await send(url, {});
  if (!response.ok) throw new ControlApiError(`The server answered ${response.status}.`, response.status);
  return response.text();
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { cache: 'no-store', ...init });
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ControlApiError(
      `The server at ${location.origin} does not answer. Is "countersign serve" still running?`,
    );
  }
}

async function ask<T>(url: string, init: RequestInit): Promise<T> {
  const response = await send(url, init);
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new ControlApiError(
      `The server answered ${response.status} with something other than JSON.`,
      response.status,
    );
  }
  if (response.ok) return answer as T;
  const { error } = answer as { error?: { message?: string } };
  throw new ControlApiError(error?.message ?? `The server answered ${response.status}.`, response.status);
}

/** What happened, in words, of anything that was thrown. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
