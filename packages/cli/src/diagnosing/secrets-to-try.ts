import type { Scheme } from '@countersign/core/scheme';
import { secretVariable } from '../collections/secret-variable.ts';
import { candidateSecrets } from '../credentials/candidate-secrets.ts';
import { secretFromVariable, type FoundSecret } from '../credentials/secret-source.ts';
import type { DiagnosisJob } from '../diagnosis/job.ts';
import type { Subject } from '../requests/diagnosis-subjects.ts';
import type { Terminal } from '../terminal.ts';
import type { DiagnoseCommandOptions } from './options.ts';

type TextCredential = DiagnosisJob['credential'];

/** The secret that should have signed, then those that may have: what was named, and the development account's. */
export function secretsToTry(
  scheme: Scheme,
  { message, variables }: Subject,
  options: DiagnoseCommandOptions,
  terminal: Terminal,
): [TextCredential, ...TextCredential[]] {
  const [found, ...candidates] = secretVariable(options, variables, terminal, (where, named) =>
    candidateSecrets(scheme, message, named, where),
  );
  const named = options.alsoSecretEnv.map((name) => ({
    ...secretFromVariable(name, terminal.env, '--also-secret-env'),
    ...(found.mac !== undefined && { mac: found.mac }),
  }));
  terminal.hide([found, ...named, ...candidates].map(({ text }) => text));
  return [asCredential(found), ...[...named, ...candidates].map(asCredential)];
}

/** The text as it was found: a secret that cannot be decoded is part of what is diagnosed. */
function asCredential({ text, keyId, mac, host, origin }: FoundSecret): TextCredential {
  return {
    secret: text,
    name: origin,
    ...(keyId !== undefined && { keyId }),
    ...(mac !== undefined && { mac }),
    ...(host !== undefined && { endpointHost: host }),
  };
}
