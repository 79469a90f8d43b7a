import type { Layout } from '../reading/layout.ts';
import { stringToSignFixes } from '../fixes/string-to-sign.ts';
import type { LayoutMove, MistakeClass } from '../search/mistake-class.ts';

const separators = ['\n', ';', ',', ':', '', ' ', '|', '&', '.', '-', '/', '\t', '; ', ', ', '_', '+', '\0', '?'];

type Separator =
  | { readonly kind: 'replaced'; readonly to: string; readonly from: string }
  | { readonly kind: 'everywhere'; readonly to: string }
  | { readonly kind: 'after'; readonly to: string; readonly part: string };

/** Other characters between the parts. */
export const layoutSeparator: MistakeClass<Separator> = {
  id: 'layout/separator',
  rank: 430,
  needs: 'several parts',
  wholeString: true,
  layouts: (layout) => otherSeparators(layout),
  say: (detail) => `The parts of the string to sign are separated differently: ${inWords(detail)}.`,
  fixes: ({ scheme }) => stringToSignFixes(scheme),
};

function inWords(detail: Separator): string {
  const name = (text: string): string => (text === '' ? 'nothing' : JSON.stringify(text));
  switch (detail.kind) {
    case 'replaced':
      return `${name(detail.to)} instead of ${name(detail.from)}`;
    case 'everywhere':
      return `${name(detail.to)} everywhere`;
    case 'after':
      return `${name(detail.to)} after the ${detail.part}`;
  }
}

function* otherSeparators(layout: Layout): Generator<LayoutMove<Separator>> {
  const inner = layout.slice(0, -1);
  const kinds = new Set(inner.map(({ after }) => after));
  for (const kind of kinds) {
    for (const to of separators) {
      if (to === kind) continue;
      const cost = separators.indexOf(to) < 6 ? 1 : 2;
      yield {
        detail: { kind: 'replaced', to, from: kind },
        cost,
        layout: layout.map((slot, at) => (at < inner.length && slot.after === kind ? { ...slot, after: to } : slot)),
      };
    }
  }
  if (kinds.size > 1) {
    for (const to of separators)
      yield {
        detail: { kind: 'everywhere', to },
        cost: 2,
        layout: layout.map((slot, at) => (at < inner.length ? { ...slot, after: to } : slot)),
      };
  }
  for (const [at, slot] of inner.entries()) {
    for (const to of separators) {
      if (to !== slot.after)
        yield {
          detail: { kind: 'after', to, part: slot.name },
          cost: separators.indexOf(to) < 6 ? 2 : 3,
          layout: layout.with(at, { ...slot, after: to }),
        };
    }
  }
}
