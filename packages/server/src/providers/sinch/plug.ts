import { developmentAccount } from '@countersign/core/development-account';
import { sinchEntry } from '@countersign/core/providers/catalog';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import type { DevelopmentAccess, ProviderPlug } from '../plug.ts';
import { type ListedSinchAccount, sinchAccount, type SinchAccount } from './accounts/account.ts';
import { sinchBounds } from './protocol/bounds.ts';
import { sinchFaults } from './requests/faults.ts';
import type { SinchCallbackBody } from './callbacks/callback-body.ts';
import { sinchOptions, type SinchOptions } from './accounts/options.ts';
import { createSinchProvider } from './provider.ts';
import { sinchSnippets } from './accounts/snippets.ts';
import { sinchSpokenCall } from './accounts/spoken-call.ts';

/** The types that Sinch brings along. */
export interface SinchTypes {
  readonly name: 'sinch';
  readonly account: SinchAccount;
  readonly listed: ListedSinchAccount;
  readonly options: SinchOptions;
  readonly environment: Readonly<Record<'SINCH_APPLICATION_KEY' | 'SINCH_APPLICATION_SECRET', string>>;
  readonly callback: SinchCallbackBody;
}

/** Sinch Voice, as the server plugs it in. */
export const sinch: ProviderPlug<SinchTypes> = {
  name: 'sinch',
  title: sinchEntry.title,
  product: 'Sinch Voice',
  paths: '/calling/v1/… and /v1/…',
  schemes: [sinchApplication.id],
  account: sinchAccount,
  bounds: sinchBounds,
  faults: sinchFaults,
  options: sinchOptions,
  development,
  create: createSinchProvider,
  events: async () => (await import('./ready-events/ready-events.ts')).sinchReadyEvents,
};

function development(serverUrl: string): DevelopmentAccess<SinchTypes['environment']> {
  const { applicationKey, applicationSecret, number } = developmentAccount.sinch;
  return {
    account: applicationKey,
    number,
    environment: { SINCH_APPLICATION_KEY: applicationKey, SINCH_APPLICATION_SECRET: applicationSecret },
    signing: { scheme: sinchApplication.id, keyId: applicationKey, secret: applicationSecret },
    credentials: [
      { title: 'Sinch application key', value: applicationKey },
      { title: 'Sinch application secret', value: applicationSecret },
      { title: 'Sinch number', value: number },
    ],
    snippets: sinchSnippets({ serverUrl, applicationKey, applicationSecret, number }),
    spokenCall: sinchSpokenCall(number),
  };
}
