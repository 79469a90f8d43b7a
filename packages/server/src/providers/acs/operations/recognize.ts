import type { CollectWish } from '../../../engine/call.ts';
import { array, boolean, choice, integer, object, optional, string, type Static } from '../../../json-schema/schema.ts';
import { askedWith } from '../requests/asked-with.ts';
import { bodyDecoder, since } from '../protocol/body.ts';
import { acsError } from '../protocol/errors.ts';
import { failsByFault } from '../requests/faults.ts';
import { dispatch, findConnected, findParticipant } from '../requests/find-call.ts';
import { note } from '../state/notes.ts';
import { defineOperation, type OperationAnswer } from '../requests/operation.ts';
import { promptsOf, requireCognitiveServices } from '../requests/prompts.ts';
import { operationCallbackUri, operationContext } from '../schemas/call-options.ts';
import { identifier } from '../schemas/identifier.ts';
import { maxPlaySources, playSource } from '../schemas/play-source.ts';
import { keyOf, toneSchema } from '../schemas/tone.ts';

const recognizeOptions = object({
  interruptPrompt: optional(boolean()),
  initialSilenceTimeoutInSeconds: optional(integer({ minimum: 0, maximum: 300 })),
  targetParticipant: identifier,
  speechLanguage: optional(string()),
  speechRecognitionModelEndpointId: optional(string()),
  dtmfOptions: optional(
    object({
      interToneTimeoutInSeconds: optional(integer({ minimum: 1, maximum: 60 })),
      maxTonesToCollect: optional(integer({ minimum: 1 })),
      stopTones: optional(array(toneSchema)),
    }),
  ),
  choices: since(
    '2023-10-15',
    optional(
      array(
        object({
          label: string({ minLength: 1 }),
          phrases: array(string()),
          tone: optional(toneSchema),
        }),
        { minItems: 1 },
      ),
    ),
  ),
  speechOptions: since('2023-10-15', optional(object({ endSilenceTimeoutInMs: optional(integer({ minimum: 0 })) }))),
});

type RecognizeOptions = Static<typeof recognizeOptions>;

const body = bodyDecoder(
  object({
    recognizeInputType: choice(['dtmf', 'speech', 'speechOrDtmf', 'choices']),
    playPrompt: optional(playSource),
    playPrompts: since('2024-09-15', optional(array(playSource, { maxItems: maxPlaySources }))),
    interruptCallMediaOperation: optional(boolean()),
    recognizeOptions,
    operationContext,
    operationCallbackUri,
  }),
);

/**
 * Collects keys, one of several choices, or speech from one participant, after a prompt if there is one.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-media/recognize
 */
export const recognize = defineOperation({
  operationId: 'CallMedia_Recognize',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:recognize',
  since: '2023-03-06',
  body,
  handle: (request, acs) => {
    const { body: asked, apiVersion } = request;
    const { call, connection, state } = findConnected(request, acs);
    const { recognizeInputType: inputType, recognizeOptions: options } = asked;
    if (inputType !== 'dtmf') requireCognitiveServices(connection);
    const wish = collectWish(inputType, options);
    const prompts = asked.playPrompts
      ? promptsOf(asked.playPrompts, 'playPrompts', connection, apiVersion)
      : promptsOf(asked.playPrompt ? [asked.playPrompt] : [], 'playPrompt', connection, apiVersion);
    const { leg } = findParticipant({ call, state }, options.targetParticipant, 'recognizeOptions.targetParticipant');

    const operation = acs.newId();
    const asking = askedWith(asked, connection.id, acs);
    const accepted: OperationAnswer = { status: 202, connection: connection.id, call: call.id };
    if (failsByFault(acs, 'acs-recognize', call.id, asking)) return accepted;
    dispatch(acs, call.id, note('operation-asked', { kind: 'recognize', operation, ...asking }), {
      type: 'collect',
      operation,
      leg: leg.id,
      prompts,
      wish,
      interrupt: asked.interruptCallMediaOperation ?? false,
    });
    return accepted;
  },
});

/** The service's defaults. */
const defaults = { initialSilenceSeconds: 5, interToneSeconds: 2, endSilenceMs: 500, maxTones: 1000 } as const;

function collectWish(
  inputType: 'dtmf' | 'speech' | 'speechOrDtmf' | 'choices',
  options: RecognizeOptions,
): CollectWish {
  const { dtmfOptions, choices, speechOptions } = options;
  const initialSilenceSeconds = options.initialSilenceTimeoutInSeconds ?? defaults.initialSilenceSeconds;
  if (inputType === 'choices' && !choices) throw missing('recognizeOptions.choices');
  const takesKeys = inputType === 'dtmf' || inputType === 'speechOrDtmf';
  return {
    initialSilenceMs: initialSilenceSeconds * 1000,
    bargeIn: options.interruptPrompt ?? false,
    ...(takesKeys && {
      dtmf: {
        maxTones: dtmfOptions?.maxTonesToCollect ?? defaults.maxTones,
        stopTones: (dtmfOptions?.stopTones ?? []).map(keyOf).join(''),
        interToneMs: (dtmfOptions?.interToneTimeoutInSeconds ?? defaults.interToneSeconds) * 1000,
      },
    }),
    ...(inputType === 'choices' && {
      choices: (choices ?? []).map(({ label, phrases, tone: key }) => ({
        label,
        phrases,
        ...(key !== undefined && { tone: keyOf(key) }),
      })),
    }),
    ...((inputType === 'speech' || inputType === 'speechOrDtmf') && {
      speech: { endSilenceMs: speechOptions?.endSilenceTimeoutInMs ?? defaults.endSilenceMs },
    }),
  };
}

function missing(target: string): Error {
  return acsError('invalid-argument', { message: `The ${target} field is required.`, target });
}
