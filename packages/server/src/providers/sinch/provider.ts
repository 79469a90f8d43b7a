import type { Provider } from '../../contract/provider.ts';
import { OutboundGuard } from '../../outbound/outbound-guard.ts';
import { perAccount } from '../kit/per-account.ts';
import type { ProviderContext } from '../provider-context.ts';
import type { SinchAccount } from './accounts/account.ts';
import { Applications } from './accounts/applications.ts';
import { sinchSettings, type SinchOptions, type SinchSettings } from './accounts/options.ts';
import { callbackPolicy } from './callbacks/delivery.ts';
import { Conferences } from './conferences/conferences.ts';
import { placeIncoming } from './incoming.ts';
import { evolveSinch } from './program/evolve.ts';
import { reactSinch } from './reactions/react.ts';
import { legsOf, soundsOf } from './recordings/recording-audio.ts';
import { RecordingStore } from './recordings/recording-store.ts';
import type { OperationParts } from './requests/operation.ts';
import { registerRoutes } from './routes.ts';
import { indexOf } from './state/index-of.ts';
import type { SinchState } from './state/state.ts';
import { Streams } from './streaming/streams.ts';

/**
 * The Sinch Voice API, version 1, as a provider of the local server. The regional hosts' paths (`/calling/v1/…`) and the
 * management host's (`/v1/…`) are served on the one port.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/
 */
export function createSinchProvider(
  context: ProviderContext<SinchAccount>,
  options: SinchOptions = {},
  directory = '.',
): Provider<SinchState | undefined> {
  const settings = sinchSettings(options, directory);
  const { switchboard, clock, newId, fault, serverUrl, wallNow } = context;
  const applications = new Applications(context.accounts);
  const conferences = new Conferences(switchboard);
  const parts: OperationParts = { switchboard, clock, newId, applications, conferences, settings, fault };
  const recordings = recordingStore(context, settings);
  const streams = streamsOf(context);
  const reactionParts = { applications, conferences, serverUrl, recordings };
  return {
    name: 'sinch',
    routes: (http) => registerRoutes(http, context, parts),
    initial: undefined,
    evolve: (state, event, call) => evolveSinch(state, event, call, settings),
    indexOf,
    react: (event, state) => reactSinch(event, state, reactionParts),
    deliveries: {
      callbacks: perAccount((key) => callbackPolicy(applications.credential(key), settings.callbackTimeoutMs, wallNow)),
    },
    incoming: (from, to, headers) => placeIncoming(from, to, applications, parts, headers),
    recordedSounds: (call) => soundsOf(legsOf(call, switchboard)),
    follow: (event, call) => {
      recordings?.follow(event, call);
      streams?.follow(event, call);
    },
    close: async () => {
      streams?.close();
      await recordings?.settled();
    },
    reset: () => applications.reset(),
  };
}

/** Stores recordings, where the configuration names a place for them and the server keeps audio. */
function recordingStore(
  context: ProviderContext<SinchAccount>,
  { recordings: places }: SinchSettings,
): RecordingStore | undefined {
  const { media, encodeMp3, switchboard, clock, onProblem } = context;
  if (!media || (places.folder === undefined && places.postUrl === undefined)) return undefined;
  return new RecordingStore({ switchboard, clock, media, encodeMp3, places, onProblem });
}

/** Connects calls to streams, where the server keeps audio. */
function streamsOf(context: ProviderContext<SinchAccount>): Streams | undefined {
  const { media, liveAudio, switchboard, clock, newId, outbound: guard = new OutboundGuard() } = context;
  return media && liveAudio && new Streams({ switchboard, clock, newId, guard, media, liveAudio });
}
