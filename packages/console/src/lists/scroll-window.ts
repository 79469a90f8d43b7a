import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { indexOfRow, type Rows } from './rows.ts';

/** The part of a list that is in view. */
export interface ScrollWindow {
  /** The element that scrolls. */
  readonly box: RefObject<HTMLDivElement | null>;
  /** Pixels above what is in view, and its height. */
  readonly view: { readonly top: number; readonly height: number };
  /** To be called when the element was scrolled. */
  readonly onScroll: () => void;
  /** Scrolls as little as it takes to show a row. */
  readonly show: (index: number) => void;
}

/** Follows what is in view of a list. It stays in view when new rows come in at the top. */
export function useScrollWindow(rows: Rows): ScrollWindow {
  const { count, keyAt, rowHeight } = rows;
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const anchor = useRef<{ key: string; offset: number } | undefined>(undefined);

  const onScroll = (): void => {
    const element = box.current;
    if (!element) return;
    const top = element.scrollTop;
    const first = Math.min(count - 1, Math.floor(top / rowHeight));
    // At the very top new rows are what one wants to see.
    anchor.current =
      top < rowHeight / 2 || first < 0 ? undefined : { key: keyAt(first), offset: top - first * rowHeight };
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
    const index = indexOfRow(rows, kept.key);
    // Another list: it is read from its beginning.
    if (index < 0) anchor.current = undefined;
    const top = index < 0 ? 0 : index * rowHeight + kept.offset;
    if (Math.abs(top - element.scrollTop) <= 0.5) return;
    element.scrollTop = top;
    // Not left to the scroll event: until it came, the list would be empty where it now stands.
    setView({ top: element.scrollTop, height: element.clientHeight });
  }, [count > 0 ? keyAt(0) : '', count, rowHeight]);

  const show = (index: number): void => {
    const element = box.current;
    if (!element) return;
    const top = index * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + rowHeight - element.clientHeight;
    }
    onScroll();
  };

  return { box, view, onScroll, show };
}
