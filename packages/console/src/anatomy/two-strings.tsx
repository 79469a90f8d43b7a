import type { Mistake } from '@countersign/core/diagnose';
import { firstDifference } from './first-difference.ts';
import type { ShownPart } from './shown-part.ts';
import { VisibleText } from './visible-text.tsx';
import './anatomy.css';

/**
 * The string that was signed beside the one that the service signs, part by part: where they part, the first differing
 * character is marked. Nothing is shown when no mistake lies in a part of the string.
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
  const at = firstDifference(mistake.yours, mistake.expected);
  return (
    <tr class="differs">
      <th scope="row">
        <PartName part={part} />
        <span class="hint">differs at byte {mistake.at.offset}</span>
      </th>
      <td data-column="What was signed">
        <Separator text={part.before} />
        <Marked text={mistake.yours} at={at} />
        <Separator text={part.after} />
      </td>
      <td data-column="What the service signs">
        <Separator text={part.before} />
        <Marked text={mistake.expected} at={at} />
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

/** A text with the character at which it differs marked; its end is marked when it ends there. */
export function Marked({ text, at }: { text: string; at: number }) {
  if (at >= text.length) {
    return (
      <>
        {text}
        <mark class="end-mark">
          <span class="visually-hidden">ends here</span>
        </mark>
      </>
    );
  }
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + 1)}</mark>
      {text.slice(at + 1)}
    </>
  );
}
