import type { ComponentChildren } from 'preact';
import './split.css';

/** A list beside what is open of it. On a narrow screen, one or the other. */
export function Split({ list, open, empty }: { list: ComponentChildren; open: ComponentChildren; empty: string }) {
  return (
    <div class={`split ${open ? 'has-open' : ''}`}>
      <div class="split-list">{list}</div>
      <div class="split-open">{open ?? <p class="empty">{empty}</p>}</div>
    </div>
  );
}
