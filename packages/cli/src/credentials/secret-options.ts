import type { Command } from 'commander';

/** Adds the options that point to a secret. A secret itself is never an argument: other users could read it there. */
export function withSecretOptions(command: Command): Command {
  return command
    .option('--key-id <id>', 'the key id (Sinch: the application key)')
    .option('--secret-env <name>', 'the environment variable that holds the secret (or an ACS connection string)')
    .option('--secret-file <file>', 'the file that holds the secret');
}

/** Help text on where secrets come from. */
export const secretsHelp = `
Secrets come from COMMUNICATION_SERVICES_CONNECTION_STRING (ACS), from SINCH_APPLICATION_KEY and
SINCH_APPLICATION_SECRET (Sinch), or from --secret-env or --secret-file with --key-id. For loopback
addresses the public development account of the local server is the fallback.`;
