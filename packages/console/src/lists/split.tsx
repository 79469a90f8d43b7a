import type { ComponentChildren } from 'preact';
import './split.css';

export interface SplitProps {
  readonly list: ComponentChildren;
  /** What is open of the list, when something is. */
  readonly open: ComponentChildren;
  /** What stands in its place when nothing is. */
  readonly otherwise: ComponentChildren;
}

/** A list beside what is open of it. On a narrow screen, one or the other. */
export function Split({ list, open, otherwise }: SplitProps) {
  return (
    <div class={`split ${open ? 'has-open' : ''}`}>
      <div class="split-list">{list}</div>
      <div class="split-open">{open ?? otherwise}</div>
    </div>
  );
}
