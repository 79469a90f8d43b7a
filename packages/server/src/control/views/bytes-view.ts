import { object, string, union, type Static } from '../../json-schema/schema.ts';

/** Bytes in JSON: as text when they are UTF-8, else in base64. */
export const bytesView = union([object({ text: string() }), object({ base64: string() })]);
/** Bytes in JSON: as text where they are UTF-8, else as base64. */
export type BytesView = Static<typeof bytesView>;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as the control API shows them. */
export function viewBytes(bytes: Uint8Array): BytesView {
  try {
    return { text: strictUtf8.decode(bytes) };
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
}
