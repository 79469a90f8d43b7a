import { CopyButton } from './copy-button.tsx';
import './code-block.css';

/** Code to read and to copy. Scrolls inside itself and can be reached by keyboard. */
export function CodeBlock({ code, what }: { code: string; what: string }) {
  return (
    <figure class="code-block">
      <pre tabIndex={0} role="region" aria-label={what}>
        <code>{code}</code>
      </pre>
      <CopyButton text={code} what={what} />
    </figure>
  );
}
