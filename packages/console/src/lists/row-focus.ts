import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { indexOfRow, type Rows } from './rows.ts';
import type { ScrollWindow } from './scroll-window.ts';

/** The row that has the keyboard's focus. */
export interface RowFocus {
  /** The key of the row that had the focus last. */
  readonly last: string | undefined;
  /** The index of the row that has it now; -1 when none has. */
  readonly index: number;
  /** To be called when a row got the focus. */
  readonly onRowFocus: (key: string) => void;
  /** For the element around the rows. */
  readonly listeners: {
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onFocusIn: () => void;
    readonly onFocusOut: () => void;
  };
}

/** Moves the focus from row to row: by the arrows, Page Up and Down, Home and End. A row carries its key as `data-key`. */
export function useRowFocus(rows: Rows, { box, view, show }: ScrollWindow): RowFocus {
  const { count, keyAt, rowHeight } = rows;
  const [last, setLast] = useState<string>();
  const [hasFocus, setHasFocus] = useState(false);
  const wanted = useRef<string | undefined>(undefined);

  const moveTo = (index: number): void => {
    if (count === 0) return;
    const target = Math.max(0, Math.min(count - 1, index));
    wanted.current = keyAt(target);
    setLast(wanted.current);
    show(target);
  };

  // The row is there only once the list has been drawn around it.
  useLayoutEffect(() => {
    const key = wanted.current;
    const row = key && box.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
    if (!row) return;
    wanted.current = undefined;
    row.focus({ preventScroll: true });
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    const from = indexOfRow(rows, document.activeElement?.getAttribute('data-key') ?? undefined);
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

  return {
    last,
    index: hasFocus ? indexOfRow(rows, last) : -1,
    onRowFocus: setLast,
    listeners: { onKeyDown, onFocusIn: () => setHasFocus(true), onFocusOut: () => setHasFocus(false) },
  };
}
