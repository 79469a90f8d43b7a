import { told, type Told } from '../search/told.ts';
import type { Layout } from '../reading/layout.ts';
import { stringToSignFixes } from '../fixes/concatenation.ts';
import type { LayoutMove, MistakeClass } from '../search/mistake-class.ts';

const separators = ['\n', ';', ',', ':', '', ' ', '|', '&', '.', '-', '/', '\t', '; ', ', ', '_', '+', '\0', '?'];

/** Other characters between the parts. */
export const layoutSeparator: MistakeClass<Told> = {
  id: 'layout/separator',
  rank: 430,
  needs: 'several parts',
  wholeString: true,
  layouts: (layout) => otherSeparators(layout),
  say: ({ how }) => `The parts of the string to sign are separated differently: ${how}.`,
  fixes: ({ scheme }) => stringToSignFixes(scheme.parts),
};

function* otherSeparators(layout: Layout): Generator<LayoutMove<Told>> {
  const inner = layout.slice(0, -1);
  const kinds = new Set(inner.map(({ after }) => after));
  const name = (text: string): string => (text === '' ? 'nothing' : JSON.stringify(text));
  for (const kind of kinds) {
    for (const to of separators) {
      if (to === kind) continue;
      const cost = separators.indexOf(to) < 6 ? 1 : 2;
      yield {
        detail: told(`${name(to)} for ${name(kind)}`),
        cost,
        layout: layout.map((slot, at) => (at < inner.length && slot.after === kind ? { ...slot, after: to } : slot)),
      };
    }
  }
  if (kinds.size > 1) {
    for (const to of separators)
      yield {
        detail: told(`${name(to)} everywhere`),
        cost: 2,
        layout: layout.map((slot, at) => (at < inner.length ? { ...slot, after: to } : slot)),
      };
  }
  for (const [at, slot] of inner.entries()) {
    for (const to of separators) {
      if (to !== slot.after)
        yield {
          detail: told(`${name(to)} after the ${slot.name}`),
          cost: separators.indexOf(to) < 6 ? 2 : 3,
          layout: layout.with(at, { ...slot, after: to }),
        };
    }
  }
}
