import type { FastifyRequest } from 'fastify';
import type { SinchAccount } from './accounts/account.ts';
import type { DeliveryPolicy } from '../../contract/callback-draft.ts';
import { pathOf, serveOperations } from '../kit/router.ts';
import { OutboundGuard } from '../../outbound/outbound-guard.ts';
import type { Provider } from '../../contract/provider.ts';
import type { ProviderContext } from '../provider-context.ts';
import { Applications } from './accounts/applications.ts';
import { sinchAuthenticator } from './authentication/authenticate.ts';
import { deliveryPolicy } from './callbacks/delivery.ts';
import { Conferences } from './conferences/conferences.ts';
import { answerError } from './requests/error-answer.ts';
import { SinchError } from './protocol/errors.ts';
import { throwFault } from './requests/faults.ts';
import { placeIncoming } from './incoming.ts';
import { evolveSinch } from './program/evolve.ts';
import { sendReply, type OperationParts } from './requests/operation.ts';
import { operations } from './operations/operations.ts';
import { sinchSettings, type SinchOptions, type SinchSettings } from './accounts/options.ts';
import { indexOf } from './state/index-of.ts';
import { reactSinch } from './reactions/react.ts';
import { legsOf, soundsOf } from './recordings/recording-audio.ts';
import { RecordingStore } from './recordings/recording-store.ts';
import { serveRecordings } from './recordings/serve-recordings.ts';
import type { SinchState } from './state/state.ts';
import { Streams } from './streaming/streams.ts';
import '../../http/request.ts';

/**
 * The Sinch Voice API, version 1, as a provider of the local server. The regional hosts' paths (`/calling/v1/…`) and the
 * management host's (`/v1/…`) are served on the one port.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/
 */
export function createSinchProvider(
  context: ProviderContext,
  options: SinchOptions = {},
  directory = '.',
): Provider<SinchState | undefined> {
  const settings = sinchSettings(options, directory);
  const { switchboard, clock, newId } = context;
  const applications = new Applications(context.accounts);
  const conferences = new Conferences(switchboard);
  const { fault } = context;
  const parts: OperationParts = { switchboard, clock, newId, applications, conferences, settings, fault };
  const authenticate = sinchAuthenticator(context, applications, settings);
  const policies = new Map<string, DeliveryPolicy>();
  const recordings = recordingStore(context, settings);

  const policyOf = (account: SinchAccount): DeliveryPolicy => {
    const known = policies.get(account.applicationKey);
    if (known) return known;
    const policy = deliveryPolicy(account, settings.callbackTimeoutMs, context.wallNow);
    policies.set(account.applicationKey, policy);
    return policy;
  };

  return {
    name: 'sinch',
    initial: undefined,
    evolve: (state, event, call) => evolveSinch(state, event, call, settings),
    indexOf,
    react: (event, state) =>
      reactSinch(event, state, {
        applications,
        conferences,
        serverUrl: context.serverUrl,
        policyOf,
        recordings,
      }),
    incoming: (from, to, headers) => placeIncoming(from, to, applications, parts, headers),
    recordedSounds: (call) => soundsOf(legsOf(call, switchboard)),
    reset: () => applications.reset(),
    routes: (http) => {
      http.setErrorHandler((error: Error, _request, reply) => answerError(reply, error, newId(), context.onProblem));
      http.addHook('onRequest', async (request: FastifyRequest) => {
        request.exchange.provider('sinch');
        throwFault(context.fault);
      });
      serveOperations(http, {
        operations,
        prefixes: ['/calling/v1', '/v1'],
        // The PHP sample signs and sends a trailing slash.
        alsoAt: (path) => [`${path}/`],
        authenticate: ({ message, exchange }) => authenticate(message, exchange),
        answer: ({ carryOut }, asked, { message }, reply) => sendReply(reply, carryOut(message.body, asked, parts)),
        unknownPath: (request) => new SinchError(40400, `No operation at ${request.message.method} ${pathOf(request)}`),
      });
      const { media, liveAudio, encodeMp3, outbound: guard = new OutboundGuard() } = context;
      if (media) serveRecordings(http, { switchboard, media, encodeMp3 });
      if (recordings) {
        const stop = switchboard.onEvent((event, call) => recordings.follow(event, call));
        http.addHook('onClose', async () => {
          stop();
          await recordings.settled();
        });
      }
      if (media && liveAudio) {
        const streams = new Streams({ switchboard, clock, newId, guard, media, liveAudio });
        const stop = switchboard.onEvent((event, call) => streams.follow(event, call));
        http.addHook('onClose', async () => {
          stop();
          streams.close();
        });
      }
    },
  };
}

/** Stores recordings, where the configuration names a place for them and the server keeps audio. */
function recordingStore(context: ProviderContext, { recordings: places }: SinchSettings): RecordingStore | undefined {
  const { media, encodeMp3, switchboard, clock, onProblem } = context;
  if (!media || (places.folder === undefined && places.postUrl === undefined)) return undefined;
  return new RecordingStore({ switchboard, clock, media, encodeMp3, places, onProblem });
}
