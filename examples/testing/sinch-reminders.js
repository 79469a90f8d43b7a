// The application under test: it calls people and says something to them, with Sinch's SDK.
import { SinchClient } from '@sinch/sdk-core';

export function sinchReminders({ SINCH_APPLICATION_KEY, SINCH_APPLICATION_SECRET }, url) {
  const { voice } = new SinchClient({
    applicationKey: SINCH_APPLICATION_KEY,
    applicationSecret: SINCH_APPLICATION_SECRET,
    voiceHostname: url,
    voiceApplicationManagementHostname: url,
  });
  return {
    async remind(endpoint, text) {
      const { callId } = await voice.callouts.tts({
        ttsCalloutRequestBody: {
          method: 'ttsCallout',
          ttsCallout: { cli: '+12065550150', destination: { type: 'number', endpoint }, locale: 'en-US', text },
        },
      });
      return callId;
    },
    outcome: async (callId) => (await voice.calls.get({ callId })).result,
  };
}
