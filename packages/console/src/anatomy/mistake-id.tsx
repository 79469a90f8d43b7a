import type { MistakeId as Id } from '@countersign/core/diagnose';
import { useContext } from 'preact/hooks';
import { MistakePages } from './mistake-pages.ts';

/** The id of a mistake. It leads to the page about it, which opens beside this one: here may be what was typed. */
export function MistakeId({ id }: { id: Id }) {
  const pageOf = useContext(MistakePages);
  const code = <code class="mistake-id">{id}</code>;
  if (!pageOf) return code;
  return (
    <a href={pageOf(id)} target="_blank" rel="noopener">
      {code}
      <span class="visually-hidden"> (about it, in a new tab)</span>
    </a>
  );
}
