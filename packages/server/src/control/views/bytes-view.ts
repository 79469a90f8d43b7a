import { object, string, union, type Static } from '../../json-schema/schema.ts';

/** Bytes in JSON: as text when they are UTF-8, else in base64. */
export const bytesView = union([object({ text: string() }), object({ base64: string() })]);
export type BytesView = Static<typeof bytesView>;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function viewBytes(bytes: Uint8Array): BytesView {
  try {
    return { text: strictUtf8.decode(bytes) };
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
}
