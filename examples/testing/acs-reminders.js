// The application under test: it calls people, says something to them and hangs up, with Microsoft's SDK.
import { createServer } from 'node:http';
import { CallAutomationClient, parseCallAutomationEvent } from '@azure/communication-call-automation';

export async function startAcsReminders({ COMMUNICATION_SERVICES_CONNECTION_STRING }) {
  const client = new CallAutomationClient(COMMUNICATION_SERVICES_CONNECTION_STRING, { allowInsecureConnection: true });
  const receiver = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    response.end();
    const { kind, callConnectionId, operationContext } = parseCallAutomationEvent(Buffer.concat(chunks).toString());
    const call = client.getCallConnection(callConnectionId);
    if (kind === 'CallConnected') {
      const text = { kind: 'textSource', text: operationContext, voiceName: 'en-US-NancyNeural' };
      await call.getCallMedia().playToAll([text]);
    }
    if (kind === 'PlayCompleted') await call.hangUp(true);
  });
  await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  return {
    async remind(phoneNumber, text) {
      await client.createCall(
        { targetParticipant: { phoneNumber }, sourceCallIdNumber: { phoneNumber: '+12065550100' } },
        `http://127.0.0.1:${receiver.address().port}/events`,
        {
          operationContext: text,
          callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://contoso.cognitiveservices.azure.com/' },
        },
      );
    },
    close: () => new Promise((resolve) => receiver.close(resolve)),
  };
}
