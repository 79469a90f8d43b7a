import type { FastifyInstance } from 'fastify';
import { object, optional, record, string, unknown } from '../../json-schema/schema.ts';
import type { PhoneResult } from '../../phones/phone-book.ts';
import { parsePhoneScript, PhoneScriptError } from '../../phones/script.ts';
import type { ControlParts } from '../control-parts.ts';
import { ControlError } from '../control-error.ts';
import { heardByPhone } from '../heard.ts';
import { controlRoute } from '../control-route.ts';
import { phoneRefusal } from './phone-refusal.ts';

const closed = { additionalProperties: false } as const;
const params = object({ number: string({ minLength: 1, maxLength: 256 }) }, closed);
const leg = optional(string({ description: 'Which of its calls, when it has several.' }));
const headers = optional(record(string({ maxLength: 256 }), string({ maxLength: 4096 })));
const withLeg = object({ leg }, closed);

/**
 * `GET phones`, `GET phones/{number}`, `GET phones/{number}/heard`, `PUT` and `DELETE phones/{number}` (its script),
 * `POST phones/{number}/answer|decline|press|say|hangup|dial|text`.
 */
export function phoneRoutes(scope: FastifyInstance, parts: ControlParts): void {
  const { phones, feed } = parts;
  controlRoute(scope, { method: 'GET', path: '/phones', handle: () => ({ phones: phones.phones() }) });
  controlRoute(scope, {
    method: 'GET',
    path: '/phones/:number',
    params,
    handle: ({ params: { number } }) => phones.phone(number),
  });
  controlRoute(scope, {
    method: 'GET',
    path: '/phones/:number/heard',
    params,
    handle: ({ params: { number } }) => ({ heard: heardByPhone(number, parts) }),
  });
  controlRoute(scope, {
    method: 'PUT',
    path: '/phones/:number',
    params,
    body: unknown(),
    handle: ({ params: { number }, body }) => {
      phones.setScript(number, scriptOf(body));
      feed.publish({ type: 'settings' });
      return phones.phone(number);
    },
  });
  controlRoute(scope, {
    method: 'DELETE',
    path: '/phones/:number',
    params,
    handle: ({ params: { number } }) => {
      phones.clearScript(number);
      feed.publish({ type: 'settings' });
    },
  });

  controlRoute(scope, {
    method: 'POST',
    path: '/phones/:number/answer',
    params,
    body: withLeg,
    handle: ({ params: { number }, body }) => done(phones.answer(number, body.leg)),
  });
  controlRoute(scope, {
    method: 'POST',
    path: '/phones/:number/decline',
    params,
    body: withLeg,
    handle: ({ params: { number }, body }) => done(phones.decline(number, body.leg)),
  });
  controlRoute(scope, {
    method: 'POST',
    path: '/phones/:number/hangup',
    params,
    body: withLeg,
    handle: ({ params: { number }, body }) => done(phones.hangUp(number, body.leg)),
  });
  controlRoute(scope, {
    method: 'POST',
    path: '/phones/:number/press',
    params,
    body: object({ tones: string({ minLength: 1, maxLength: 100 }), leg }, closed),
    handle: ({ params: { number }, body }) => done(phones.press(number, body.tones, body.leg)),
  });
  controlRoute(scope, {
    method: 'POST',
    path: '/phones/:number/say',
    params,
    body: object({ text: string({ minLength: 1, maxLength: 5000 }), leg }, closed),
    handle: ({ params: { number }, body }) => done(phones.say(number, body.text, body.leg)),
  });
  controlRoute(scope, {
    method: 'POST',
    path: '/phones/:number/dial',
    params,
    body: object({ to: string({ minLength: 1, maxLength: 256 }), sipHeaders: headers, voipHeaders: headers }, closed),
    handle: async ({ params: { number }, body: { to, ...sent } }) => {
      const dialed = await phones.dial(number, to, sent);
      if (dialed.ok) return { call: dialed.call, leg: dialed.leg };
      throw new ControlError(
        dialed.refused === 'number-not-found' ? 404 : 409,
        `dial/${dialed.refused}`,
        dialed.summary,
      );
    },
  });
  controlRoute(scope, {
    method: 'POST',
    path: '/phones/:number/text',
    params,
    body: object({ to: string({ minLength: 1, maxLength: 256 }), text: string({ maxLength: 2048 }) }, closed),
    handle: ({ params: { number }, body: { to, text } }) => {
      const sent = phones.text(number, to, text);
      if (sent.ok) return { id: sent.id };
      throw new ControlError(404, `text/${sent.refused}`, sent.summary);
    },
  });
}

function done(result: PhoneResult): { call: string; leg: string } {
  if (result.ok) return { call: result.call, leg: result.leg };
  throw phoneRefusal(result);
}

function scriptOf(body: unknown): ReturnType<typeof parsePhoneScript> {
  try {
    return parsePhoneScript(body);
  } catch (error) {
    if (error instanceof PhoneScriptError) throw new ControlError(400, 'body/invalid', error.message);
    throw error;
  }
}
