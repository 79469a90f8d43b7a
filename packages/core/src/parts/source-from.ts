/**
 * The first part's source that is of a kind: by it whoever writes values for parts of one kind knows a scheme that has none.
 */
export function sourceFrom<Source extends { readonly from: string }>(
  parts: readonly { readonly source: { readonly from: string } }[],
  from: Source['from'],
): Source | undefined {
  for (const { source } of parts) if (source.from === from) return source as Source;
  return undefined;
}
