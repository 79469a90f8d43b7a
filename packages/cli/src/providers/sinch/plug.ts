import { sinchEntry } from '@countersign/core/providers/catalog';
import type { ProviderPlug } from '../provider-plug.ts';

/** Sinch Voice, as the command line has it. */
export const sinch: ProviderPlug = {
  entry: sinchEntry,
  liveOptions: [],
  loadCalls: async () => (await import('./calls.ts')).calls,
  examples: {
    call: [
      "countersign call +12065550123 --say 'Hello from Sinch' --provider sinch --json",
      "countersign call +46700000000 --say 'For real' --provider sinch --live --from +46700000001",
    ],
    emit: [
      'countersign emit ice --to http://localhost:3000/sinch',
      '# is an event refused that is ten minutes old?',
      'countersign emit ice --to http://localhost:3000/sinch --age 10m',
      'countersign emit --data @message.json --scheme sinch-webhook --secret-env SECRET --to http://localhost:3000/hook',
    ],
    probe: ['countersign probe http://localhost:3000/sinch --scheme sinch-application'],
    proxy: [
      "# the local server's two sides, by the names of their schemes",
      'countersign proxy --target sinch-application=http://localhost:7509 --target acs-hmac=http://localhost:7509',
      'curl http://localhost:7510/sinch-application/v1/configuration/numbers',
    ],
    sign: [
      '# the raw request, checked at once',
      'countersign sign --output http http://localhost:7509/calling/v1/calls/id/1 | countersign verify -',
    ],
    send: [
      "# the numbers of the local server's Sinch application",
      'countersign send http://localhost:7509/v1/configuration/numbers',
      '# a call through Sinch, with the account in SINCH_APPLICATION_KEY and SINCH_APPLICATION_SECRET',
      "countersign send --data @callout.json -H 'Content-Type: application/json' https://calling.api.sinch.com/calling/v1/callouts",
    ],
    guard: [
      'countersign guard --scheme sinch-application --upstream http://127.0.0.1:3000 --listen 8080 --replay memory',
    ],
  },
  commands: {},
};
