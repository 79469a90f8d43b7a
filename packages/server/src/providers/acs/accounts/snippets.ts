import type { Snippet } from '../../plug.ts';

interface SnippetAccount {
  readonly connectionString: string;
  /** A number that it owns. */
  readonly number: string;
}

const cognitive = 'https://contoso.cognitiveservices.azure.com/';

/** Code that calls a number through an ACS resource of this server, for each client that developers use. */
export function acsSnippets(account: SnippetAccount): readonly Snippet[] {
  return [javaScript(account), python(account), csharp(account), java(account), fetched(account), postman];
}

const postman: Snippet = {
  title: 'Postman, ACS',
  code: 'Import examples/postman/acs.postman_collection.json from the repository: its pre-request script signs what is really sent.',
};

function javaScript(account: SnippetAccount): Snippet {
  return {
    title: 'Azure SDK, JavaScript',
    before: 'npm install @azure/communication-call-automation',
    code: `import { CallAutomationClient } from '@azure/communication-call-automation';

const client = new CallAutomationClient('${account.connectionString}', {
  allowInsecureConnection: true, // http, to the local server only
});
const { callConnection } = await client.createCall(
  { targetParticipant: { phoneNumber: '{{callee}}' }, sourceCallIdNumber: { phoneNumber: '${account.number}' } },
  'http://localhost:3000/events',
  { callIntelligenceOptions: { cognitiveServicesEndpoint: '${cognitive}' } },
);`,
  };
}

function python(account: SnippetAccount): Snippet {
  return {
    title: 'Azure SDK, Python',
    before:
      'pip install azure-communication-callautomation. The Python SDK makes https of http: start the server with --tls and trust its certificate as it says.',
    code: `from azure.communication.callautomation import CallAutomationClient, PhoneNumberIdentifier

client = CallAutomationClient.from_connection_string("${account.connectionString.replace('http://', 'https://')}")
call = client.create_call(
    PhoneNumberIdentifier("{{callee}}"),
    "http://localhost:3000/events",
    source_caller_id_number=PhoneNumberIdentifier("${account.number}"),
    cognitive_services_endpoint="${cognitive}",
)`,
  };
}

function csharp(account: SnippetAccount): Snippet {
  return {
    title: 'Azure SDK, C#',
    before: 'dotnet add package Azure.Communication.CallAutomation',
    code: `using Azure.Communication;
using Azure.Communication.CallAutomation;

var client = new CallAutomationClient("${account.connectionString}");
var invite = new CallInvite(new PhoneNumberIdentifier("{{callee}}"), new PhoneNumberIdentifier("${account.number}"));
await client.CreateCallAsync(new CreateCallOptions(invite, new Uri("https://localhost:3000/events"))
{
    CallIntelligenceOptions = new CallIntelligenceOptions { CognitiveServicesEndpoint = new Uri("${cognitive}") },
});`,
  };
}

function java(account: SnippetAccount): Snippet {
  return {
    title: 'Azure SDK, Java',
    before: 'The Java SDK refuses http: start the server with --tls and trust its certificate as it says.',
    code: `CallAutomationClient client = new CallAutomationClientBuilder()
    .connectionString("${account.connectionString.replace('http://', 'https://')}")
    .buildClient();
CallInvite invite = new CallInvite(new PhoneNumberIdentifier("{{callee}}"), new PhoneNumberIdentifier("${account.number}"));
client.createCallWithResponse(new CreateCallOptions(invite, "https://localhost:3000/events")
    .setCallIntelligenceOptions(new CallIntelligenceOptions().setCognitiveServicesEndpoint("${cognitive}")), Context.NONE);`,
  };
}

function fetched(account: SnippetAccount): Snippet {
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
    targets: [{ kind: 'phoneNumber', phoneNumber: { value: '{{callee}}' } }],
    sourceCallerIdNumber: { value: '${account.number}' },
    callbackUri: 'http://localhost:3000/events',
  }),
});`,
  };
}
