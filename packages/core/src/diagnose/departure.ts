/** Where the signer's own string to sign departs from the verifier's. */
export function departure({ part, offset }: { readonly part: string; readonly offset: number }): string {
  return `it departs at byte ${offset} of the ${part}`;
}
