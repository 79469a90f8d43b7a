import { hasLines, type Layout } from '../reading/layout.ts';
import { stringToSignFixes } from '../fixes/string-to-sign.ts';
import type { LayoutMove, MistakeClass } from '../search/mistake-class.ts';

type LineEnds =
  | { readonly kind: 'all'; readonly become: keyof typeof names }
  /** Of one newline, the one that ends a part. */
  | { readonly kind: keyof typeof afterPart | 'newline missing'; readonly part: string }
  | { readonly kind: 'blank lines missing'; readonly parts: readonly string[] }
  | { readonly kind: 'empty line before' | 'byte order mark' | 'indented' };

/** Line ends of another kind, or one too many or too few. */
export const layoutNewlines: MistakeClass<LineEnds> = {
  id: 'layout/newlines',
  // A newline behind the content hash is Ruby’s encode64: its text is broken, and not the layout.
  rank: 325,
  needs: 'a newline',
  wholeString: true,
  layouts: (layout) => newlines(layout),
  say: (detail) => `The lines of the string to sign are joined differently: ${inWords(detail)}.`,
  fixes: ({ scheme }) =>
    stringToSignFixes(scheme, {
      csharp: 'not Environment.NewLine, not AppendLine',
      java: 'not System.lineSeparator(), not %n',
      php: 'not PHP_EOL',
    }),
};

const names = {
  CRLF: 'with CRLF instead of LF',
  'CRLF and CR': 'with a CR at the end of every line, the last one too (sed, unix2dos)',
  CR: 'with CR instead of LF',
  'LF CR': 'with LF CR instead of LF',
  doubled: 'with every newline doubled',
} as const;

const afterPart = {
  'empty line': 'an empty line stands after',
  CRLF: 'a CRLF stands after',
  'space before': 'a space stands before the newline after',
  'space behind': 'a space follows the newline after',
} as const;

function inWords(detail: LineEnds): string {
  switch (detail.kind) {
    case 'all':
      return names[detail.become];
    case 'newline missing':
      return `the newline after the ${detail.part} is missing`;
    case 'blank lines missing': {
      const several = detail.parts.length > 1;
      return `the empty line${several ? 's' : ''} of the ${detail.parts.join(' and the ')} ${several ? 'are' : 'is'} missing`;
    }
    case 'empty line before':
      return 'with an empty line before it';
    case 'byte order mark':
      return 'with a byte order mark before it';
    case 'indented':
      return 'with its lines indented, as a template literal in indented code is';
    default:
      return `${afterPart[detail.kind]} the ${detail.part}`;
  }
}

/** Every separator that is a newline, replaced. */
function replaceNewlines(layout: Layout, to: string): Layout {
  return layout.map((slot) => ({
    ...slot,
    after: slot.after.replaceAll('\n', to),
    before: slot.before.replaceAll('\n', to),
    value: hasLines(slot) ? String(slot.value).replaceAll('\n', to) : slot.value,
  }));
}

function* newlines(layout: Layout): Generator<LayoutMove<LineEnds>> {
  yield { detail: { kind: 'all', become: 'CRLF' }, cost: 1, layout: replaceNewlines(layout, '\r\n') };
  const [end, ...others] = replaceNewlines(layout, '\r\n').toReversed();
  if (end?.after === '') {
    const ended = [...others.toReversed(), { ...end, after: '\r' }];
    yield { detail: { kind: 'all', become: 'CRLF and CR' }, cost: 2, layout: ended };
  }
  yield { detail: { kind: 'all', become: 'CR' }, cost: 2, layout: replaceNewlines(layout, '\r') };
  yield { detail: { kind: 'all', become: 'LF CR' }, cost: 3, layout: replaceNewlines(layout, '\n\r') };
  yield { detail: { kind: 'all', become: 'doubled' }, cost: 2, layout: replaceNewlines(layout, '\n\n') };
  for (const [index, slot] of layout.entries()) {
    if (!slot.after.includes('\n')) continue;
    const last = index === layout.length - 1;
    yield {
      detail: { kind: 'empty line', part: slot.name },
      cost: 1,
      layout: layout.with(index, { ...slot, after: slot.after + '\n' }),
    };
    yield {
      detail: { kind: 'CRLF', part: slot.name },
      cost: 2,
      layout: layout.with(index, { ...slot, after: slot.after.replace('\n', '\r\n') }),
    };
    yield {
      detail: { kind: 'space before', part: slot.name },
      cost: 2,
      layout: layout.with(index, { ...slot, after: ` ${slot.after}` }),
    };
    yield {
      detail: { kind: 'space behind', part: slot.name },
      cost: 2,
      layout: layout.with(index, { ...slot, after: `${slot.after} ` }),
    };
    if (!last)
      yield {
        detail: { kind: 'newline missing', part: slot.name },
        cost: 1,
        layout: layout.with(index, { ...slot, after: slot.after.replace('\n', '') }),
      };
  }
  yield {
    detail: { kind: 'empty line before' },
    cost: 2,
    layout: layout.with(0, { ...(layout[0] as Layout[number]), before: `\n${layout[0]?.before ?? ''}` }),
  };
  yield {
    detail: { kind: 'byte order mark' },
    cost: 2,
    layout: layout.with(0, { ...(layout[0] as Layout[number]), before: `\ufeff${layout[0]?.before ?? ''}` }),
  };
  // The same mark as its three bytes, read as Latin-1.
  yield {
    detail: { kind: 'byte order mark' },
    cost: 3,
    layout: layout.with(0, { ...(layout[0] as Layout[number]), before: `ï»¿${layout[0]?.before ?? ''}` }),
  };
  // What filter(Boolean).join('\n') does to a request without a body or content type.
  const blank = layout.filter(({ value, after }) => value.length === 0 && after.includes('\n'));
  if (blank.length > 0) {
    yield {
      detail: { kind: 'blank lines missing', parts: blank.map(({ name }) => name) },
      cost: 1,
      layout: layout.filter((slot) => !blank.includes(slot)),
    };
  }
  const indented = layout.map((slot, index) =>
    index === 0
      ? slot
      : { ...slot, before: layout[index - 1]?.after.endsWith('\n') ? `    ${slot.before}` : slot.before },
  );
  yield {
    detail: { kind: 'indented' },
    cost: 2,
    layout: indented,
  };
}
