import { useState } from 'preact/hooks';

/** Copies a text and says so, to the eye and to a screen reader. */
export function CopyButton({
  text,
  what,
  showsWhat = false,
}: {
  text: string;
  what: string;
  /** Writes on the button what is copied, where that does not stand beside it. */
  showsWhat?: boolean;
}) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      setState('failed');
    }
    setTimeout(() => setState('idle'), 2000);
  };
  const words = { idle: showsWhat ? `Copy ${what}` : 'Copy', copied: 'Copied', failed: 'Select and copy by hand' };
  return (
    <button type="button" onClick={() => void copy()} aria-label={state === 'idle' ? `Copy ${what}` : undefined}>
      <span aria-live="polite">{words[state]}</span>
    </button>
  );
}
