import { Command, InvalidArgumentError } from 'commander';
import type { Terminal } from '../../terminal.ts';

/** A day: tokens of Entra ID hold no longer. */
const maxLifetimeSeconds = 86_400;

/** `countersign token`: mints a bearer token that the local server takes instead of a signature. */
export function tokenCommand(terminal: Terminal): Command {
  return new Command('token')
    .description('mint a development bearer token for the ACS side of the local server')
    .option('--expires-in <seconds>', 'how long it is valid (default: 3600)', lifetimeArgument)
    .option('--json', 'print one JSON value')
    .addHelpText('after', examples)
    .action(async ({ expiresIn, json }: { readonly expiresIn?: number; readonly json?: boolean }) => {
      terminal.wantsJson = json ?? false;
      // Loaded here, so that every other command starts without it.
      // eslint-disable-next-line no-restricted-imports -- dynamically, as the server itself
      const { developmentToken } = await import('@countersign/server/development-token');
      const minted = await developmentToken(expiresIn === undefined ? {} : { lifetimeSeconds: expiresIn });
      if (json) terminal.json(minted);
      else terminal.result(minted.token);
    });
}

function lifetimeArgument(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= maxLifetimeSeconds) return Number(text);
  throw new InvalidArgumentError(`A lifetime is a whole number of seconds from 1 to ${maxLifetimeSeconds}, a day.`);
}

const examples = `
Examples:
  countersign token
  countersign token --expires-in 60 --json
  curl -H "Authorization: Bearer $(countersign token)" 'http://localhost:7509/calling/callConnections/c?api-version=2026-03-12'
`;
