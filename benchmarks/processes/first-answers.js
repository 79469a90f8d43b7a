// Answers requests with mistakes, first after nothing but what the local server does when it has started.
import { diagnose } from '@countersign/core/diagnose';
import { schemes } from '@countersign/core/schemes/catalog';
import { warmUpJobs } from '../../packages/server/dist/exchanges/warm-up.js';
import { processorMs, threadMs } from '../limits.js';
import { answerParent } from './parent.js';

const schemeOf = (id) => schemes.find((scheme) => scheme.id === id);

answerParent({
  /** @param {string[]} ids of the schemes for which the diagnosis is warmed up */
  warmUp(ids) {
    for (const { scheme, credential, message, nowMs } of warmUpJobs(ids, new Date()))
      diagnose(schemeOf(scheme), credential, message, { now: new Date(nowMs) });
  },

  /** How long one answer takes: by the clock, in processor time, and in that of the thread that answers. */
  answer({ scheme, credential, message, now }) {
    const [startedMs, processorStartedMs, threadStartedMs] = [performance.now(), processorMs(), threadMs()];
    diagnose(schemeOf(scheme), credential, message, { now });
    return {
      waitedMs: performance.now() - startedMs,
      tookMs: processorMs() - processorStartedMs,
      threadTookMs: threadMs() - threadStartedMs,
    };
  },
});
