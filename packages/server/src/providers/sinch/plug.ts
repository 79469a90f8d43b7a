import { developmentAccount } from '@countersign/core/development-account';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import type { DevelopmentAccess, ProviderPlug } from '../plug.ts';
import { sinchSnippets } from './snippets.ts';

/** Sinch Voice, as the server plugs it in. */
export const sinch: ProviderPlug = {
  name: 'sinch',
  title: 'Sinch',
  product: 'Sinch Voice',
  accountTitle: 'Sinch application',
  schemes: [sinchApplication.id],
  development,
  events: async () => (await import('./ready-events.ts')).sinchReadyEvents,
};

function development(serverUrl: string): DevelopmentAccess {
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
  };
}
