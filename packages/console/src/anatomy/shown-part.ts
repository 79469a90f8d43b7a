/** A part of a string to sign, as text. */
export interface ShownPart {
  readonly name: string;
  /** Where it comes from: `method`, `target`, `host`, `header`, `content-hash`, `date`, `body` or `literal`. */
  readonly from: string;
  readonly before: string;
  readonly text: string;
  readonly after: string;
}
