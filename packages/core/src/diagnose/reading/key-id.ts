/** Whether two ids are the same but for case, hyphens, and brackets, quotes or `urn:uuid:` around them. */
export function sameKeyId(one: string, other: string | undefined): boolean {
  return other !== undefined && bare(one) !== '' && bare(one) === bare(other);
}

function bare(id: string): string {
  return id
    .replace(/^\W*urn:uuid:/i, '')
    .replace(/%7b|%7d|%2d/gi, '')
    .replace(/[^a-z0-9]/gi, '')
    .toLowerCase();
}
