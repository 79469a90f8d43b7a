/** A text with the quotation marks of a keyboard in the place of typographic ones. */
export function plainQuotes(text: string): string {
  return text.replace(/[\u2018\u2019]/g, "'").replace(/[\u201c-\u201e]/g, '"');
}
