/** Where the page of a mistake is, below the site's root, without its ending. */
export function mistakePath(id) {
  return `mistakes/${id.replace('/', '-')}`;
}
