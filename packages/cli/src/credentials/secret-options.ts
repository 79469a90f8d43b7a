import type { Command } from 'commander';
import { providers } from '@countersign/core/providers/catalog';
import { credentialVariableNames } from './provider-variables.ts';

/** Adds the options that point to a secret. A secret itself is never an argument: other users could read it there. */
export function withSecretOptions(command: Command): Command {
  return command
    .option('--key-id <id>', 'the key id, where the scheme names its key')
    .option('--mac <name>', 'the way to sign that the account set, where a scheme has a choice (vonage-sms: sha256, …)')
    .option('--secret-env <name>', 'the environment variable that holds the secret (or a connection string)')
    .option('--secret-file <file>', 'the file that holds the secret');
}

/** Help text on where secrets come from. */
export const secretsHelp = `
Secrets come from --secret-env or --secret-file with --key-id, or from
${providers.map(({ title, variables }) => `  ${credentialVariableNames(variables).join(' and ')} (${title})`).join('\n')}
For loopback addresses the public development account of the local server is the fallback.`;
