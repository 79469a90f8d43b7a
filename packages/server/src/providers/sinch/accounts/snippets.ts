import type { Snippet } from '../../plug.ts';

interface SnippetAccount {
  /** The server's base URL, without a trailing slash. */
  readonly serverUrl: string;
  readonly applicationKey: string;
  readonly applicationSecret: string;
  /** A number that it owns. */
  readonly number: string;
}

/** Code that calls a number through a Sinch application of this server, for each client that developers use. */
export function sinchSnippets(account: SnippetAccount): readonly Snippet[] {
  return [javaScript(account), curl(account), postman];
}

const postman: Snippet = {
  title: 'Postman, Sinch',
  code: 'Import examples/postman/sinch.postman_collection.json from the repository: its pre-request script signs what is really sent.',
};

function javaScript(account: SnippetAccount): Snippet {
  return {
    title: 'Sinch SDK, JavaScript',
    before: 'npm install @sinch/sdk-core@1.4 @sinch/voice@1.4',
    code: `import { SinchClient } from '@sinch/sdk-core';

const { voice } = new SinchClient({
  applicationKey: '${account.applicationKey}',
  applicationSecret: '${account.applicationSecret}',
  voiceHostname: '${account.serverUrl}',
  voiceApplicationManagementHostname: '${account.serverUrl}',
});
await voice.callouts.tts({
  ttsCalloutRequestBody: {
    method: 'ttsCallout',
    ttsCallout: {
      cli: '${account.number}',
      destination: { type: 'number', endpoint: '{{callee}}' },
      locale: 'en-US',
      text: 'Hello from Countersign.',
    },
  },
});`,
  };
}

function curl(account: SnippetAccount): Snippet {
  return {
    title: 'curl, signed by the command line',
    code: `export SINCH_APPLICATION_KEY='${account.applicationKey}' SINCH_APPLICATION_SECRET='${account.applicationSecret}'
eval "$(npx --no -- countersign sign --scheme sinch-application --output curl -H 'Content-Type: application/json' \\
  --data '{"method":"ttsCallout","ttsCallout":{"cli":"${account.number}","destination":{"type":"number","endpoint":"{{callee}}"},"text":"Hello"}}' \\
  ${account.serverUrl}/calling/v1/callouts)"`,
  };
}
