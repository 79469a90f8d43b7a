import { VisibleText } from './visible-text.tsx';
import type { ShownPart } from './shown-part.ts';
import './anatomy.css';

/** The string to sign with its named parts, each coloured by where it comes from, and a legend that says so in words. */
export function StringToSign({ parts, label }: { parts: readonly ShownPart[]; label: string }) {
  return (
    <div class="anatomy">
      <pre class="string-to-sign" tabIndex={0} role="region" aria-label={label}>
        {parts.map((part) => (
          <span key={part.name}>
            <span class="separator">
              <VisibleText text={part.before} />
            </span>
            <span class={`part part-${part.from}`} title={part.name}>
              <VisibleText text={part.text} />
            </span>
            <span class="separator">
              <VisibleText text={part.after} />
            </span>
          </span>
        ))}
      </pre>
      <ul class="legend" aria-label="Parts of the string to sign">
        {parts.map((part) => (
          <li key={part.name}>
            <span class={`swatch part-${part.from}`} aria-hidden="true" />
            {part.name}
            {part.text === '' ? <span class="hint"> (empty)</span> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
