import type { JsonNode } from './json-text.ts';

/** The same data as another serializer turns it into JSON, before it is laid out. */
export interface SameData {
  /** What is different, completing "the same JSON, written differently: …". */
  readonly label: string;
  readonly cost: number;
  /** It concerns every object, and not one member. */
  readonly isOfMany?: true;
  /** Made when it is asked for: of most bodies most are not. */
  readonly root: () => JsonNode;
}
