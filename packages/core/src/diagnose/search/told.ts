/** A change that one phrase tells. Only `say` puts it into a sentence; nothing reads it. */
export interface Told {
  readonly kind: 'told';
  readonly how: string;
}

export function told(how: string): Told {
  return { kind: 'told', how };
}
