import { acsEntry } from '@countersign/core/providers/catalog';
import type { ProviderPlug } from '../provider-plug.ts';

/** Azure Communication Services, as the command line has it. */
export const acs: ProviderPlug = {
  entry: acsEntry,
  liveOptions: [
    { key: 'speechEndpoint', flag: '--speech-endpoint', value: 'url', description: 'the Azure AI service that speaks' },
    { key: 'resourceId', flag: '--resource-id', value: 'id', description: 'the immutable id of the resource' },
  ],
  loadCalls: async () => (await import('./calls.ts')).calls,
  examples: {
    call: ["countersign call +12065550123 --say 'Hello from ACS'"],
    emit: [
      '# with the key that the receiver is to fetch',
      'countersign emit CallConnected --to http://localhost:3000/events --serve-keys 8099',
    ],
    proxy: [
      'countersign proxy --target https://contoso.communication.azure.com',
      "curl 'http://localhost:7510/identities?api-version=2023-10-01' -X POST",
    ],
    sign: [
      "# the headers that sign a request of the local server's development account",
      "countersign sign --data @call.json -H 'Content-Type: application/json' \\",
      "  'http://localhost:7509/calling/callConnections?api-version=2023-10-15'",
      '# a curl command that sends exactly what was signed',
      'countersign sign --output curl https://contoso.communication.azure.com/identities?api-version=2023-10-01 -X POST',
    ],
  },
  commands: { token: async () => (await import('./token-command.ts')).tokenCommand },
};
