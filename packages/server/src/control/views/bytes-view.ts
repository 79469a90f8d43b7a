import { Type, type Static } from 'typebox';

/** Bytes in JSON: as text when they are UTF-8, else in base64. */
export const bytesView = Type.Union([Type.Object({ text: Type.String() }), Type.Object({ base64: Type.String() })]);
export type BytesView = Static<typeof bytesView>;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function viewBytes(bytes: Uint8Array): BytesView {
  try {
    return { text: strictUtf8.decode(bytes) };
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
}
