import type { SpokenCall } from '../../plug.ts';

/**
 * A text-to-speech callout from a number of the application.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/callouts/
 */
export function sinchSpokenCall(number: string): SpokenCall {
  return {
    path: '/calling/v1/callouts',
    body: JSON.stringify({
      method: 'ttsCallout',
      ttsCallout: {
        cli: number,
        destination: { type: 'number', endpoint: '{{callee}}' },
        locale: 'en-US',
        text: 'Hello. This call was placed from your own browser, and its request was signed like a real one.',
      },
    }),
  };
}
