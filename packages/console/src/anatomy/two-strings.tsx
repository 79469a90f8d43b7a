import type { Mistake } from '@countersign/core/diagnose';
import { differingRun } from './differing-run.ts';
import type { ShownPart } from './shown-part.ts';
import { VisibleText } from './visible-text.tsx';
import './anatomy.css';

/**
 * The string that was signed beside the one that the service signs, part by part: the whole run in which a
 * part differs is marked. Nothing is shown when no mistake lies in a part of the string.
 */
export function TwoStrings({ parts, mistakes }: { parts: readonly ShownPart[]; mistakes: readonly Mistake[] }) {
  const differing = new Map(
    mistakes.filter(({ yours, expected }) => yours !== expected).map((mistake) => [mistake.at.part, mistake]),
  );
  if (!parts.some(({ name }) => differing.has(name))) return null;
  return (
    <div class="table-box" role="region" aria-label="The two strings side by side" tabIndex={0}>
      <table class="two-strings">
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">What was signed</th>
            <th scope="col">What the service signs</th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => {
            const mistake = differing.get(part.name);
            return mistake ? (
              <DifferingRow key={part.name} part={part} mistake={mistake} />
            ) : (
              <SameRow key={part.name} part={part} />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function SameRow({ part }: { part: ShownPart }) {
  const text = (
    <>
      <Separator text={part.before} />
      <VisibleText text={part.text} />
      <Separator text={part.after} />
    </>
  );
  return (
    <tr class="same">
      <th scope="row">
        <PartName part={part} />
      </th>
      <td data-column="What was signed">{text}</td>
      <td data-column="What the service signs">{text}</td>
    </tr>
  );
}

function DifferingRow({ part, mistake }: { part: ShownPart; mistake: Mistake }) {
  const { start, yoursEnd, expectedEnd } = differingRun(mistake.yours, mistake.expected);
  return (
    <tr class="differs">
      <th scope="row">
        <PartName part={part} />
        <span class="hint">differs at byte {mistake.at.offset}</span>
      </th>
      <td data-column="What was signed">
        <Separator text={part.before} />
        <Marked text={mistake.yours} start={start} end={yoursEnd} />
        <Separator text={part.after} />
      </td>
      <td data-column="What the service signs">
        <Separator text={part.before} />
        <Marked text={mistake.expected} start={start} end={expectedEnd} />
        <Separator text={part.after} />
      </td>
    </tr>
  );
}

function PartName({ part }: { part: ShownPart }) {
  return (
    <span class={`part-${part.from} part-name`}>
      <span class="swatch" aria-hidden="true" />
      {part.name}
    </span>
  );
}

function Separator({ text }: { text: string }) {
  return (
    <span class="separator">
      <VisibleText text={text} />
    </span>
  );
}

/** A text with what differs in it marked; where it lacks something, the place is marked. */
export function Marked({ text, start, end }: { text: string; start: number; end: number }) {
  return (
    <>
      {text.slice(0, start)}
      {start < end ? (
        <mark>{text.slice(start, end)}</mark>
      ) : (
        <mark class="end-mark">
          <span class="visually-hidden">{end === text.length ? 'ends here' : 'something is missing here'}</span>
        </mark>
      )}
      {text.slice(end)}
    </>
  );
}
