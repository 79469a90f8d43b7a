/** The account that the snippets are written for. */
export interface SnippetAccount {
  /** The server's base URL, without a trailing slash. */
  readonly url: string;
  readonly connectionString: string;
  readonly accessKey: string;
  readonly acsNumber: string;
  readonly applicationKey: string;
  readonly applicationSecret: string;
  readonly sinchNumber: string;
}

export interface Snippet {
  readonly title: string;
  /** What to do first, when there is something. */
  readonly before?: string;
  readonly code: string;
}

const cognitive = 'https://contoso.cognitiveservices.azure.com/';

/** Code that calls a number on this server, for each client that developers use. */
export function snippets(account: SnippetAccount, to: string): readonly Snippet[] {
  return [
    acsJavaScript(account, to),
    acsPython(account, to),
    acsCsharp(account, to),
    acsJava(account, to),
    sinchJavaScript(account, to),
    fetchSnippet(account, to),
    curlSnippet(account, to),
    postmanSnippet(),
  ];
}

function acsJavaScript(account: SnippetAccount, to: string): Snippet {
  return {
    title: 'Azure SDK, JavaScript',
    before: 'npm install @azure/communication-call-automation',
    code: `import { CallAutomationClient } from '@azure/communication-call-automation';

const client = new CallAutomationClient('${account.connectionString}', {
  allowInsecureConnection: true, // http, to the local server only
});
const { callConnection } = await client.createCall(
  { targetParticipant: { phoneNumber: '${to}' }, sourceCallIdNumber: { phoneNumber: '${account.acsNumber}' } },
  'http://localhost:3000/events',
  { callIntelligenceOptions: { cognitiveServicesEndpoint: '${cognitive}' } },
);`,
  };
}

function acsPython(account: SnippetAccount, to: string): Snippet {
  return {
    title: 'Azure SDK, Python',
    before:
      'pip install azure-communication-callautomation. The Python SDK makes https of http: start the server with --tls and trust its certificate as it says.',
    code: `from azure.communication.callautomation import CallAutomationClient, PhoneNumberIdentifier

client = CallAutomationClient.from_connection_string("${account.connectionString.replace('http://', 'https://')}")
call = client.create_call(
    PhoneNumberIdentifier("${to}"),
    "http://localhost:3000/events",
    source_caller_id_number=PhoneNumberIdentifier("${account.acsNumber}"),
    cognitive_services_endpoint="${cognitive}",
)`,
  };
}

function acsCsharp(account: SnippetAccount, to: string): Snippet {
  return {
    title: 'Azure SDK, C#',
    before: 'dotnet add package Azure.Communication.CallAutomation',
    code: `using Azure.Communication;
using Azure.Communication.CallAutomation;

var client = new CallAutomationClient("${account.connectionString}");
var invite = new CallInvite(new PhoneNumberIdentifier("${to}"), new PhoneNumberIdentifier("${account.acsNumber}"));
await client.CreateCallAsync(new CreateCallOptions(invite, new Uri("https://localhost:3000/events"))
{
    CallIntelligenceOptions = new CallIntelligenceOptions { CognitiveServicesEndpoint = new Uri("${cognitive}") },
});`,
  };
}

function acsJava(account: SnippetAccount, to: string): Snippet {
  return {
    title: 'Azure SDK, Java',
    before: 'The Java SDK refuses http: start the server with --tls and trust its certificate as it says.',
    code: `CallAutomationClient client = new CallAutomationClientBuilder()
    .connectionString("${account.connectionString.replace('http://', 'https://')}")
    .buildClient();
CallInvite invite = new CallInvite(new PhoneNumberIdentifier("${to}"), new PhoneNumberIdentifier("${account.acsNumber}"));
client.createCallWithResponse(new CreateCallOptions(invite, "https://localhost:3000/events")
    .setCallIntelligenceOptions(new CallIntelligenceOptions().setCognitiveServicesEndpoint("${cognitive}")), Context.NONE);`,
  };
}

function sinchJavaScript(account: SnippetAccount, to: string): Snippet {
  return {
    title: 'Sinch SDK, JavaScript',
    before: 'npm install @sinch/sdk-core@1.4 @sinch/voice@1.4',
    code: `import { SinchClient } from '@sinch/sdk-core';

const { voice } = new SinchClient({
  applicationKey: '${account.applicationKey}',
  applicationSecret: '${account.applicationSecret}',
  voiceHostname: '${account.url}',
  voiceApplicationManagementHostname: '${account.url}',
});
await voice.callouts.tts({
  ttsCalloutRequestBody: {
    method: 'ttsCallout',
    ttsCallout: {
      cli: '${account.sinchNumber}',
      destination: { type: 'number', endpoint: '${to}' },
      locale: 'en-US',
      text: 'Hello from Countersign.',
    },
  },
});`,
  };
}

function fetchSnippet(account: SnippetAccount, to: string): Snippet {
  return {
    title: 'fetch, signed by Countersign',
    before: 'npm install @countersign/core',
    code: `import { signedFetch } from '@countersign/core/fetch';
import { acsHmac, parseConnectionString } from '@countersign/core/schemes/acs-hmac';

const { endpoint, secret } = parseConnectionString('${account.connectionString}');
const acs = signedFetch(acsHmac, { secret });
const response = await acs(\`\${endpoint}/calling/callConnections?api-version=2023-10-15\`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({
    targets: [{ kind: 'phoneNumber', phoneNumber: { value: '${to}' } }],
    sourceCallerIdNumber: { value: '${account.acsNumber}' },
    callbackUri: 'http://localhost:3000/events',
  }),
});`,
  };
}

function curlSnippet(account: SnippetAccount, to: string): Snippet {
  return {
    title: 'curl, signed by the command line',
    code: `export SINCH_APPLICATION_KEY='${account.applicationKey}' SINCH_APPLICATION_SECRET='${account.applicationSecret}'
eval "$(npx --no -- countersign sign --scheme sinch-application --output curl -H 'Content-Type: application/json' \\
  --data '{"method":"ttsCallout","ttsCallout":{"cli":"${account.sinchNumber}","destination":{"type":"number","endpoint":"${to}"},"text":"Hello"}}' \\
  ${account.url}/calling/v1/callouts)"`,
  };
}

function postmanSnippet(): Snippet {
  return {
    title: 'Postman',
    code: 'Import examples/postman/acs.postman_collection.json or sinch.postman_collection.json from the repository: their pre-request script signs what is really sent.',
  };
}
