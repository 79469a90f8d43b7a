import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { placeLocalAcsCall, placeLocalSinchCall, type LocalOutcome } from '../calls/local-call.ts';
import { printedTimeline } from '../calls/timeline.ts';
import { credentialOf } from '../credentials/find-credential.ts';
import { providerVariables } from '../credentials/provider-variables.ts';
import { developmentAccount } from '@countersign/core/development-account';
import type { Terminal } from '../terminal.ts';

/** A test number that answers without ringing and stays. */
const answersAtOnce = '+12065550110';
const patienceMs = 60_000;

const spokenByAcs =
  'Hello. This call was placed with a signed request. The server checked the signature before the phone rang.';
const spokenBySinch =
  '<speak>And this is Sinch, <break time="300ms"/> <prosody rate="medium">reading <sub alias="S S M L">SSML</sub>.</prosody></speak>';

/**
 * Places one call through each provider: really signed requests over HTTP, to the server at `origin` and nothing else.
 * Prints what happens as it happens.
 */
export async function demonstrate(origin: string, terminal: Terminal): Promise<readonly LocalOutcome[]> {
  const print = (line: string): void => terminal.result(line);
  const shared = (provider: 'acs' | 'sinch', scheme: typeof acsHmac): Parameters<typeof placeLocalAcsCall>[0] => {
    const development = providerVariables[scheme.id]?.development;
    if (!development) throw new Error(`${scheme.id} has no development account`);
    return {
      origin,
      credential: credentialOf(scheme, development),
      timeline: printedTimeline(provider, print, terminal.paint),
      to: answersAtOnce,
      from: developmentAccount[provider].number,
      patienceMs,
      text: spokenByAcs,
    };
  };
  print(terminal.paint('bold', `ACS Call Automation calls ${answersAtOnce} and plays a text`));
  const acs = await placeLocalAcsCall(shared('acs', acsHmac));
  print('');
  print(terminal.paint('bold', `Sinch Voice calls ${answersAtOnce} and reads SSML`));
  const sinch = await placeLocalSinchCall({
    ...shared('sinch', sinchApplication),
    speech: { prompts: `#ssml[${spokenBySinch}]` },
  });
  return [acs, sinch];
}
