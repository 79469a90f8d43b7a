import { namesKey } from '@countersign/core/scheme';
import { hasPublicKeys } from '@countersign/core/public-key-scheme';
import type { Scheme } from '@countersign/core/scheme';
import { everyScheme } from '@countersign/core/schemes/catalog';
import { perform } from './perform.ts';
import type { WorkerAnswer, Question } from './work.ts';

// A worker, so that a search of two seconds leaves the page awake. It has no way out: it answers its page and nothing else.
addEventListener('message', ({ data: { number, task } }: MessageEvent<Question>) => {
  void perform(task).then((result) => answer({ number, result }));
});
answer({
  schemes: everyScheme.map((scheme) => ({
    id: scheme.id,
    title: scheme.title,
    namesKey: namesKey(scheme),
    choices: hasPublicKeys<Scheme>(scheme) ? [] : Object.keys(scheme.mac.choices ?? {}),
    hasPublicKey: hasPublicKeys<Scheme>(scheme),
  })),
});

function answer(message: WorkerAnswer): void {
  postMessage(message);
}
