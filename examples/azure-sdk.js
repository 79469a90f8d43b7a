// Microsoft's own SDK, unmodified, on the local server: calls a number, speaks, hangs up.
//   npm start   (in another terminal), then, for its public account
//   export COMMUNICATION_SERVICES_CONNECTION_STRING='endpoint=http://localhost:7509/;accesskey=Y291bnRlcnNpZ24gZGV2ZWxvcG1lbnQga2V5LCBwdWJsaWMgb24gcHVycG9zZTogbm90IGEgc2VjcmV0ISEhIQ=='
//   node examples/azure-sdk.js +14255550123
import { createServer } from 'node:http';
import { CallAutomationClient, parseCallAutomationEvent } from '@azure/communication-call-automation';

const connectionString = process.env.COMMUNICATION_SERVICES_CONNECTION_STRING;
if (!connectionString) {
  throw new Error('COMMUNICATION_SERVICES_CONNECTION_STRING is not set: the head of this file says what is needed');
}
const client = new CallAutomationClient(connectionString, { allowInsecureConnection: true });

const receiver = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  response.end();
  const event = parseCallAutomationEvent(Buffer.concat(chunks).toString());
  console.log(event.kind);
  const call = client.getCallConnection(event.callConnectionId);
  if (event.kind === 'CallConnected') {
    const text = { kind: 'textSource', text: 'Hello from Azure.', sourceLocale: 'en-US', voiceKind: 'male' };
    await call.getCallMedia().playToAll([text]);
  }
  if (event.kind === 'PlayCompleted') await call.hangUp(true);
  if (event.kind === 'CallDisconnected') receiver.close();
}).listen(0, '127.0.0.1', async () => {
  await client.createCall(
    {
      targetParticipant: { phoneNumber: process.argv[2] ?? '+14255550123' },
      sourceCallIdNumber: { phoneNumber: '+12065550100' },
    },
    `http://127.0.0.1:${receiver.address().port}/events`,
    { callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://contoso.cognitiveservices.azure.com/' } },
  );
});
