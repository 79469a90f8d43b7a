import type { Evidence } from '../reading/evidence.ts';
import { around, joinLayout, type Surroundings } from '../reading/layout.ts';
import type { RightKey } from '../reading/right-key.ts';
import type { BodyGroups } from './body-groups.ts';
import { rightCandidate, type KeyCandidate } from './key-candidates.ts';
import type { MistakeClass } from './mistake-class.ts';
import { MoveLists } from './move-lists.ts';
import type { SignatureProbe } from './signature-probe.ts';
import { Solutions } from './solutions.ts';
import { Ties } from './ties.ts';

/** What the searches for one signature share: what they ask, what they try, and what was found. */
export class SearchState {
  readonly evidence: Evidence;
  readonly classes: readonly MistakeClass[];
  readonly right: KeyCandidate;
  readonly probe: SignatureProbe;
  readonly moves: MoveLists;
  readonly ties: Ties;
  readonly solutions: Solutions;
  /** Of the right string. */
  readonly length: number;

  constructor(
    evidence: Evidence,
    classes: readonly MistakeClass[],
    bodies: BodyGroups,
    right: RightKey,
    probe: SignatureProbe,
  ) {
    this.evidence = evidence;
    this.classes = classes;
    this.right = rightCandidate(right);
    this.probe = probe;
    this.moves = new MoveLists(evidence, classes, bodies, right);
    this.ties = new Ties(evidence, classes, this.moves);
    this.solutions = new Solutions(classes, evidence.budget);
    this.length = joinLayout(evidence.layout).length;
  }

  /** What stands around a part of the right string; `undefined` when there is no budget left to put it together. */
  around(part: string): Surroundings | undefined {
    const { budget, layout } = this.evidence;
    return budget.step(this.length) ? around(layout, part) : undefined;
  }
}
