import { connectConf } from './actions/connect-conf.ts';
import { connectMxp } from './actions/connect-mxp.ts';
import { connectPstn } from './actions/connect-pstn.ts';
import { connectSip } from './actions/connect-sip.ts';
import { connectStream } from './actions/connect-stream.ts';
import { continueAction } from './actions/continue.ts';
import { hangup } from './actions/hangup.ts';
import { park } from './actions/park.ts';
import { runMenu } from './actions/run-menu.ts';
import type { ActionRule, CheckedRule } from '../calls/element.ts';

/** Every action of SVAML. */
export const actionRules: readonly CheckedRule<ActionRule>[] = [
  hangup,
  continueAction,
  connectPstn,
  connectMxp,
  connectConf,
  connectSip,
  connectStream,
  runMenu,
  park,
];

const byName = new Map(actionRules.map((rule) => [rule.name.toLowerCase(), rule]));

/** The rule of an action, by its name in any case. */
export function actionRule(name: string): CheckedRule<ActionRule> | undefined {
  return byName.get(name.toLowerCase());
}
