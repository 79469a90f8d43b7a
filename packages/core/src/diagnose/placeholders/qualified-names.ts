import { programNames } from '../../providers/program-names.ts';
import { cased } from './name-grammar.ts';

/** Words by which people tell a variable of their own from the provider's field. */
const qualifiers = [
  ...programNames.qualifiers,
  'my',
  'current',
  'active',
  'new',
  'last',
  'test',
  'target',
  'the',
  'existing',
];

/** A name with a word before it, and numbered: `acsCallId`, `current_call_id`, `callId1`. Only of what names an identifier or a key. */
export function qualifiedNames(name: string): string[] {
  if (!/(?:id|key|number|version)$/i.test(name)) return [];
  const own = cased(name, 'camel');
  return [
    ...qualifiers.flatMap((word) =>
      (['camel', 'snake', 'upper snake', 'pascal', 'kebab'] as const).map((one) => cased(`${word}_${own}`, one)),
    ),
    ...['1', '2', '_1', '_2'].map((end) => name + end),
  ];
}

/** Objects of which a variable is a member, in code and in collections. */
const owners = [
  'this',
  'self',
  'req.params',
  'request.params',
  'params',
  'request',
  'req.body',
  'body',
  'data',
  'event',
  'event.data',
  'response',
  'result',
  'call',
  'callConnection',
  'callConnectionProperties',
  'config',
  'settings',
  'options',
  'props',
  'args',
  'ctx',
  'context',
  'collection',
  'environment',
  'globals',
  'state',
  'user',
];

/** A name as a member of an object: `req.params.callId`, `self.call_id`. */
export function memberNames(name: string): string[] {
  return owners.flatMap((owner) => [`${owner}.${name}`, `${owner}.${cased(name, 'snake')}`]);
}
