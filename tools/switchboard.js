/**
 * Why: fuzz and growth give commands to calls as the server does, without HTTP, threads or time that passes by itself. What
 * it is made of is loaded by whoever asks, from the built packages or from their sources.
 */
export const switchboardModules = [
  'audio/live-audio',
  'audio/media-store',
  'engine/memory-store',
  'providers/acs/accounts/account',
  'providers/acs/provider',
  'providers/acs/authentication/bearer-token',
  'providers/acs/event-grid/endpoints',
  'providers/acs/event-grid/event-grid',
  'providers/sinch/accounts/account',
  'providers/sinch/accounts/applications',
  'providers/sinch/conferences/conferences',
  'providers/sinch/accounts/options',
  'providers/sinch/provider',
  'switchboard/create-switchboard',
  'switchboard/deferred-switchboard',
];

/**
 * A switchboard with both providers and the development account, on a clock that is moved by hand. No media gets ready, no
 * callback is sent.
 *
 * @param {object} exports of `switchboardModules`
 */
export function switchboardOf(exports) {
  let nowMs = 0;
  let ids = 0;
  const newId = () => `id-${(ids += 1)}`;
  const clock = { kind: 'real', now: () => nowMs, after: () => () => {}, awaiting: (work) => work };
  const media = new exports.MediaStore();
  const acsAccount = exports.acsAccount.development();
  const sinchAccount = exports.sinchAccount.development();
  const context = {
    switchboard: exports.deferredSwitchboard(() => switchboard),
    clock,
    wallNow: () => new Date(1_716_800_887_000),
    newId,
    accounts: [],
    serverUrl: () => 'http://localhost',
    media: (id) => media.get(id),
    liveAudio: new exports.LiveAudio(media),
    strict: false,
    strictCallbacks: false,
    onProblem: () => {},
    fault: () => undefined,
  };
  // With it, a number of the account's own is answered by its application.
  const gridOptions = { eventGridEndpoint: 'http://localhost/grid' };
  const eventGrid = new exports.EventGrid([{ ...acsAccount, ...gridOptions }], () => {});
  const switchboard = exports.createSwitchboard({
    store: new exports.MemoryCallStore(),
    clock,
    newId,
    providers: [
      exports.createAcsProvider({ ...context, accounts: [acsAccount] }, gridOptions),
      exports.createSinchProvider({ ...context, accounts: [sinchAccount] }),
    ],
    prepareMedia: () => new Promise(() => {}),
    enqueue: () => {},
    onProblem: ({ kind, detail }) => {
      throw new Error(`${kind}: ${detail}`);
    },
    limits: { maxChainedCommands: Number.POSITIVE_INFINITY, maxEventsPerCall: Number.POSITIVE_INFINITY },
  });
  const give = (call, command) => {
    const result = switchboard.dispatch(call, command);
    if (!result.ok) throw new Error(`${command.type}: ${result.summary}`);
    return result;
  };
  const acs = {
    ...context,
    accounts: [acsAccount],
    bearerTokens: new exports.BearerTokens([acsAccount]),
    eventGrid,
    endpoints: new exports.Endpoints([acsAccount], eventGrid),
    recordingUrl: () => 'http://localhost',
    onReset: () => {},
  };
  const sinch = {
    switchboard,
    clock,
    newId,
    applications: new exports.Applications([sinchAccount]),
    conferences: new exports.Conferences(switchboard),
    settings: exports.sinchSettings(),
    fault: context.fault,
  };
  return { switchboard, give, context, acs, sinch, acsAccount, sinchAccount, move: (ms) => (nowMs += ms) };
}
