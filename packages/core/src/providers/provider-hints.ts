import type { ProviderHints, RequestRules } from '../request-rules.ts';
import { acsProvider } from './acs.ts';
import { azureAppConfigurationProvider } from './azure-app-configuration.ts';
import { azureServiceBusProvider } from './azure-service-bus.ts';
import { azureStorageProvider, azureTablesProvider } from './azure-storage.ts';
import { sinchProvider } from './sinch.ts';
import { vonageSmsProvider } from './vonage-sms.ts';

/** Kept apart from the schemes, so that a program that only signs does not carry them. */
const builtIn: Readonly<Record<string, ProviderHints>> = {
  'acs-hmac': acsProvider,
  'azure-app-configuration': azureAppConfigurationProvider,
  'azure-sas': azureServiceBusProvider,
  'azure-storage-sharedkey': azureStorageProvider,
  'azure-storage-sharedkeylite': azureStorageProvider,
  'azure-table-sharedkeylite': azureTablesProvider,
  'sinch-application': sinchProvider,
  'vonage-sms': vonageSmsProvider,
};

/** What the scheme's provider looks like from outside: the scheme's own hints, or those known for a built-in scheme. */
export function providerHints(scheme: Pick<RequestRules, 'id' | 'provider'>): ProviderHints | undefined {
  return scheme.provider ?? (Object.hasOwn(builtIn, scheme.id) ? builtIn[scheme.id] : undefined);
}
