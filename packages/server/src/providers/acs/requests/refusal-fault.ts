import type { AcsContext } from './context.ts';
import { AcsError, acsErrors } from '../protocol/errors.ts';

/**
 * Messages of documented refusals that this server has no cause of its own for: a resource that is linked wrongly, a call
 * on a platform that lacks something. Azure publishes the codes; the wording is chosen here.
 */
const furtherMessages: Readonly<Record<string, string>> = {
  '400/8528': 'The action is not possible: the call has been terminated.',
  '400/8559': 'Recording is already in progress.',
  '400/8567': 'The identity of the Communication Services resource is not enabled on the Azure AI services resource.',
  '400/8585': 'The action is not valid in the current state of the call.',
  '401/7500': 'Unsupported AAD identity.',
  '401/7502': 'Access is not enabled.',
  '401/7505': 'The tenant does not match.',
  '401/7508': 'Unsupported ACS identity.',
  '401/7510': 'Managed identity validation error.',
  '403/7504': 'Insufficient application permissions.',
  '405/8520': 'The action is not supported.',
  '412/8583': 'The media action is incompatible with one that is under way.',
};

/**
 * Refuses an operation while the fault `acs-refuse` is switched on, with its status and code; 500 and 9999 unless said.
 *
 * @throws AcsError
 */
export function refuseByFault(acs: Pick<AcsContext, 'fault'>): void {
  const setting = acs.fault('acs-refuse');
  if (!setting) return;
  const { 'internal-error': usual } = acsErrors;
  const { status = usual.status, code = usual.code } = setting;
  const own = Object.values(acsErrors).find((error) => error.status === status && error.code === code);
  const message = own?.message ?? furtherMessages[`${status}/${code}`] ?? usual.message;
  throw new AcsError(status, { error: { code, message } });
}
