import type { Terminal } from '../terminal.ts';

/** Three commands to copy after the demonstration, for a server at this address. */
export function nextSteps(origin: string, { paint }: Pick<Terminal, 'paint'>): string {
  const at = origin === 'http://localhost:7509' ? '' : ` --url ${origin}`;
  return [
    paint('bold', 'three commands to try, in another terminal'),
    `  npx --no -- countersign call +12065550123 --say 'Hello from my terminal'${at}`,
    `  npx --no -- countersign sign --explain '${origin}/calling/callConnections?api-version=2023-10-15'`,
    `  npx --no -- countersign send ${origin}/v1/configuration/numbers`,
  ].join('\n');
}
