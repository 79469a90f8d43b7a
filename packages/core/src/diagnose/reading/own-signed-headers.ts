import type { Evidence } from './evidence.ts';

/** The accepted list of signed headers with the date that the request sent: the one that its sender means. */
export function ownSignedHeaders({ scheme, date }: Pick<Evidence, 'scheme' | 'date'>): readonly string[] | undefined {
  const accepted = scheme.signedHeaders?.accepted;
  const sent = date?.header.toLowerCase();
  return accepted?.find((list) => sent !== undefined && list.includes(sent)) ?? accepted?.[0];
}

/** The accepted list whose headers the request declares, whether or not it sent them. */
export function declaredSignedHeaders({
  scheme,
  authorization,
}: Pick<Evidence, 'scheme' | 'authorization'>): readonly string[] | undefined {
  const declared = authorization?.fields.signedHeaders?.split(';') ?? [];
  return scheme.signedHeaders?.accepted.find((list) => list.every((name) => declared.includes(name)));
}
