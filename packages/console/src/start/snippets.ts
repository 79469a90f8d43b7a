import type { ServerState } from '@countersign/server/control/views/state-view';

type Development = NonNullable<ServerState['providers'][number]['development']>;

/** Code that places a call on this server with one client. */
export type Snippet = Development['snippets'][number];

/** The snippets of every provider, for a call to that number. */
export function snippetsFor({ providers }: Pick<ServerState, 'providers'>, callee: string): readonly Snippet[] {
  return providers
    .flatMap(({ development }) => development?.snippets ?? [])
    .map((snippet) => ({ ...snippet, code: snippet.code.replaceAll('{{callee}}', callee) }));
}
