import type { ComponentChildren } from 'preact';
import { useRowFocus } from './row-focus.ts';
import type { Rows } from './rows.ts';
import { useScrollWindow, type ScrollWindow } from './scroll-window.ts';
import './virtual-list.css';

export interface VirtualListProps<T> {
  /** What the list is of, for screen readers. */
  readonly label: string;
  readonly count: number;
  readonly itemAt: (index: number) => T;
  readonly keyOf: (item: T) => string;
  readonly hrefOf: (item: T) => string;
  /** The key of the one that is open. */
  readonly open: string | undefined;
  /** Pixels. Every row has this height, so that the position of a row is known without the rows before it. */
  readonly rowHeight: number;
  readonly children: (item: T) => ComponentChildren;
}

/** Rows beyond the visible ones, so that scrolling and tabbing find something. */
const overscan = 6;

/**
 * A list of links of which only the visible rows exist, however many there are. One stop for the Tab key; arrows, Page
 * Up and Down, Home and End move inside it. What is in view stays in view when new rows come in at the top.
 */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { label, count, itemAt, keyOf, hrefOf, open, rowHeight, children } = props;
  const rows: Rows = { count, rowHeight, keyAt: (index) => keyOf(itemAt(index)) };
  const scrolled = useScrollWindow(rows);
  const focus = useRowFocus(rows, scrolled);
  const visible = visibleRows(rows, scrolled.view, focus.index);
  const keys = visible.map(rows.keyAt);
  // The row that Tab reaches: the one last focused, else the open one, else the first that is there.
  const tabStop = [focus.last, open].find((key) => key !== undefined && keys.includes(key)) ?? keys[0];

  return (
    <div class="virtual-list" ref={scrolled.box} onScroll={scrolled.onScroll} {...focus.listeners}>
      <ul aria-label={label} style={{ height: `${count * rowHeight}px` }}>
        {visible.map((index, at) => {
          const item = itemAt(index);
          const key = keys[at] ?? '';
          return (
            <li
              key={key}
              aria-setsize={count}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${index * rowHeight}px)`, height: `${rowHeight}px` }}
            >
              <a
                href={hrefOf(item)}
                data-key={key}
                tabIndex={key === tabStop ? 0 : -1}
                aria-current={key === open ? 'true' : undefined}
                onFocus={() => focus.onRowFocus(key)}
              >
                {children(item)}
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The indexes of the rows that are drawn: those in view, some around them, and the one that has the focus. */
function visibleRows({ count, rowHeight }: Rows, view: ScrollWindow['view'], focused: number): readonly number[] {
  const first = Math.max(0, Math.floor(view.top / rowHeight) - overscan);
  const end = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + overscan);
  const visible = Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at);
  // Without its row the keyboard would lose its position, wherever one scrolls.
  if (focused >= 0 && focused < first) visible.unshift(focused);
  if (focused >= end) visible.push(focused);
  return visible;
}
