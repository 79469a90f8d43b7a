import { told, type Told } from '../search/told.ts';
import type { Layout } from '../reading/layout.ts';
import { stringToSignFixes } from '../fixes/concatenation.ts';
import type { LayoutMove, MistakeClass } from '../search/mistake-class.ts';

/** Line ends of another kind, or one too many or too few. */
export const layoutNewlines: MistakeClass<Told> = {
  id: 'layout/newlines',
  rank: 310,
  needs: 'a newline',
  wholeString: true,
  layouts: (layout) => newlines(layout),
  say: ({ how }) => `The lines of the string to sign are joined differently: ${how}.`,
  fixes: ({ scheme }) =>
    stringToSignFixes(scheme.parts, {
      csharp: 'not Environment.NewLine, not AppendLine',
      java: 'not System.lineSeparator(), not %n',
      php: 'not PHP_EOL',
    }),
};

/** Every separator that is a newline, replaced. */
function replaceNewlines(layout: Layout, to: string): Layout {
  return layout.map((slot) => ({
    ...slot,
    after: slot.after.replaceAll('\n', to),
    before: slot.before.replaceAll('\n', to),
  }));
}

function* newlines(layout: Layout): Generator<LayoutMove<Told>> {
  yield { detail: told('with CRLF instead of LF'), cost: 1, layout: replaceNewlines(layout, '\r\n') };
  yield { detail: told('with CR instead of LF'), cost: 2, layout: replaceNewlines(layout, '\r') };
  yield { detail: told('with LF CR instead of LF'), cost: 3, layout: replaceNewlines(layout, '\n\r') };
  yield { detail: told('with every newline doubled'), cost: 2, layout: replaceNewlines(layout, '\n\n') };
  for (const [index, slot] of layout.entries()) {
    if (!slot.after.includes('\n')) continue;
    const last = index === layout.length - 1;
    yield {
      detail: told(`an empty line stands after the ${slot.name}`),
      cost: 1,
      layout: layout.with(index, { ...slot, after: slot.after + '\n' }),
    };
    yield {
      detail: told(`a CRLF stands after the ${slot.name}`),
      cost: 2,
      layout: layout.with(index, { ...slot, after: slot.after.replace('\n', '\r\n') }),
    };
    yield {
      detail: told(`a space stands before the newline after the ${slot.name}`),
      cost: 2,
      layout: layout.with(index, { ...slot, after: ` ${slot.after}` }),
    };
    yield {
      detail: told(`a space stands behind the newline after the ${slot.name}`),
      cost: 2,
      layout: layout.with(index, { ...slot, after: `${slot.after} ` }),
    };
    if (!last)
      yield {
        detail: told(`the newline after the ${slot.name} is missing`),
        cost: 1,
        layout: layout.with(index, { ...slot, after: slot.after.replace('\n', '') }),
      };
  }
  yield {
    detail: told('with an empty line before it'),
    cost: 2,
    layout: layout.with(0, { ...(layout[0] as Layout[number]), before: `\n${layout[0]?.before ?? ''}` }),
  };
  // What filter(Boolean).join('\n') does to a request without a body or content type.
  const blank = layout.filter(({ value, after }) => value.length === 0 && after.includes('\n'));
  if (blank.length > 0) {
    yield {
      detail: told(
        `the empty line${blank.length > 1 ? 's' : ''} of the ${blank.map(({ name }) => name).join(' and the ')} ${blank.length > 1 ? 'are' : 'is'} missing`,
      ),
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
    detail: told('with its lines indented, as a template literal in indented code is'),
    cost: 2,
    layout: indented,
  };
}
