import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
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
  /** Pixels. Every row has this height, so that the place of a row is known without the rows before it. */
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
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const [focused, setFocused] = useState<string>();
  const focusWanted = useRef<string | undefined>(undefined);
  const [hasFocus, setHasFocus] = useState(false);
  const anchor = useRef<{ key: string; offset: number } | undefined>(undefined);

  const indexOf = (key: string | undefined): number => {
    if (key !== undefined) for (let at = 0; at < count; at++) if (keyOf(itemAt(at)) === key) return at;
    return -1;
  };
  const remember = (): void => {
    const element = box.current;
    if (!element) return;
    const top = element.scrollTop;
    const first = Math.min(count - 1, Math.floor(top / rowHeight));
    // At the very top new rows are what one wants to see.
    anchor.current =
      top < rowHeight / 2 || first < 0 ? undefined : { key: keyOf(itemAt(first)), offset: top - first * rowHeight };
    setView({ top, height: element.clientHeight });
  };

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setView({ top: element.scrollTop, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const element = box.current;
    const kept = anchor.current;
    if (!element || !kept) return;
    const index = indexOf(kept.key);
    const top = index < 0 ? element.scrollTop : index * rowHeight + kept.offset;
    if (Math.abs(top - element.scrollTop) <= 0.5) return;
    element.scrollTop = top;
    // Not left to the scroll event: until it came, the list would be empty where it now stands.
    setView({ top: element.scrollTop, height: element.clientHeight });
  }, [count > 0 ? keyOf(itemAt(0)) : '', count, rowHeight]);

  const moveTo = (index: number): void => {
    const element = box.current;
    if (!element || count === 0) return;
    const target = Math.max(0, Math.min(count - 1, index));
    const top = target * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + rowHeight - element.clientHeight;
    }
    const key = keyOf(itemAt(target));
    focusWanted.current = key;
    setFocused(key);
    remember();
  };

  // The row is there only once the list has been drawn around it.
  useLayoutEffect(() => {
    const key = focusWanted.current;
    const row = key && box.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
    if (!row) return;
    focusWanted.current = undefined;
    row.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    const from = indexOf(document.activeElement?.getAttribute('data-key') ?? undefined);
    const page = Math.max(1, Math.floor(view.height / rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: from + 1,
      ArrowUp: from - 1,
      PageDown: from + page,
      PageUp: from - page,
      Home: 0,
      End: count - 1,
    };
    const target = steps[event.key];
    if (target === undefined || from < 0) return;
    event.preventDefault();
    moveTo(target);
  };

  const first = Math.max(0, Math.floor(view.top / rowHeight) - overscan);
  const end = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + overscan);
  const visible = Array.from({ length: Math.max(0, end - first) }, (_, place) => first + place);
  // The row that has the focus stays, wherever one scrolls: without it the keyboard would lose its place.
  const focusedAt = hasFocus ? indexOf(focused) : -1;
  if (focusedAt >= 0 && focusedAt < first) visible.unshift(focusedAt);
  if (focusedAt >= end) visible.push(focusedAt);
  const keys = visible.map((index) => keyOf(itemAt(index)));
  // The row that Tab reaches: the one last focused, else the open one, else the first that is there.
  const tabStop = [focused, open].find((key) => key !== undefined && keys.includes(key)) ?? keys[0];

  return (
    <div
      class="virtual-list"
      ref={box}
      onScroll={remember}
      onKeyDown={onKeyDown}
      onFocusIn={() => setHasFocus(true)}
      onFocusOut={() => setHasFocus(false)}
    >
      <ul aria-label={label} style={{ height: `${count * rowHeight}px` }}>
        {visible.map((index, place) => {
          const item = itemAt(index);
          const key = keys[place] ?? '';
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
                onFocus={() => setFocused(key)}
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
