import { rightRequest, type Attack } from '../attack.ts';

/** A target that a router takes for the signed one. */
export const targetAttacks: readonly Attack[] = [
  {
    id: 'target/re-encoded',
    title: 'the path, spelled otherwise',
    changes: 'the path',
    close: 'Verify the path as it was sent, undecoded, and with the same one that you route by.',
    async *attempts(context) {
      const { target } = context.fresh();
      for (const [what, change] of spellings) {
        if (change(target) === target) continue;
        const message = await rightRequest(context);
        yield { what, message: { ...message, target: change(target) } };
      }
    },
  },
];

/** The path alone is changed. */
const path = (change: (path: string) => string) => (target: string) => {
  const [before = '', ...query] = target.split('?');
  return [change(before), ...query].join('?');
};

const spellings: readonly (readonly [string, (target: string) => string])[] = [
  ['a letter of the path as its percent code', path((text) => text.replace(/[a-z](?=[^/]*$)/i, percentCode))],
  ['the path in upper case', path((text) => text.toUpperCase())],
  ['a slash behind the path', path((text) => (text.endsWith('/') ? text : `${text}/`))],
  ['a second slash before the path', (target) => `/${target}`],
  ['"/." before the path', (target) => `/.${target}`],
];

function percentCode(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16)}`;
}
