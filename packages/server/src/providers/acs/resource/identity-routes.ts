import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AcsAccount } from '../accounts/account.ts';
import { BoundedSet } from '../../../bounded/bounded-set.ts';
import { array, choice, integer, object, optional, string } from '../../../json-schema/schema.ts';
import type { AcsContext } from '../requests/context.ts';
import { newestApiVersion } from '../protocol/api-versions.ts';
import { authenticatorFor } from '../authentication/authenticate.ts';
import { bodyDecoder } from '../protocol/body.ts';
import { acsError } from '../protocol/errors.ts';
import { checkServiceVersion } from './service-version.ts';
import { tokenScopes, userToken } from './user-token.ts';
import { acsBounds } from '../protocol/bounds.ts';

/** The versions of the identity API that are accepted. */
const versions = ['2021-03-07', '2022-06-01', '2022-10-01', '2023-10-01'];

/** A day, which is also the longest. */
const defaultLifetimeMinutes = 1440;

const lifetime = optional(integer({ minimum: 60, maximum: defaultLifetimeMinutes }));
const createBody = bodyDecoder(
  object({
    createTokenWithScopes: optional(array(choice(tokenScopes))),
    expiresInMinutes: lifetime,
  }),
  'validation-error',
);
const tokenBody = bodyDecoder(
  object({ scopes: array(choice(tokenScopes), { minItems: 1 }), expiresInMinutes: lifetime }),
  'validation-error',
);

const nonEmpty = string({ minLength: 1 });
const teamsBody = bodyDecoder(object({ token: nonEmpty, appId: nonEmpty, userId: nonEmpty }), 'validation-error');

/** How long the token holds that a Teams user gets for one of Entra ID's. */
const teamsLifetimeMinutes = 60;

/**
 * Registers the identity API: users and their tokens, as voice applications need them beside Call Automation. A token of
 * Entra ID that is exchanged for a Teams user is not looked into.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/identity/communication-identity
 */
export function registerIdentityRoutes(http: FastifyInstance, acs: AcsContext): void {
  const authenticate = authenticatorFor('resource', acs);
  const deleted = new BoundedSet(acsBounds['deleted-identities']);
  acs.onReset(() => deleted.clear());
  const admit = async (request: FastifyRequest): Promise<AcsAccount> => {
    const account = await authenticate(request.message, request.exchange);
    checkServiceVersion(request.message, versions);
    return account;
  };
  const admitWithUser = async (request: FastifyRequest): Promise<{ id: string; resourceId: string }> => {
    const { resourceId } = await admit(request);
    const { id = '' } = request.params as { id?: string };
    if (!id.startsWith(`8:acs:${resourceId}_`) || deleted.has(id)) throw acsError('identity-not-found');
    return { id, resourceId };
  };

  http.post('/identities', async (request, reply) => {
    const { resourceId } = await admit(request);
    const { body } = request.message;
    const wish = body.length === 0 ? {} : createBody(body, newestApiVersion);
    const id = `8:acs:${resourceId}_${acs.newId()}`;
    const scopes = wish.createTokenWithScopes ?? [];
    const minutes = wish.expiresInMinutes ?? defaultLifetimeMinutes;
    const accessToken =
      scopes.length > 0 ? await userToken({ id, resourceId }, scopes, minutes, acs.wallNow()) : undefined;
    return reply.code(201).send({ identity: { id }, ...(accessToken && { accessToken }) });
  });
  http.delete('/identities/:id', async (request, reply) => {
    deleted.add((await admitWithUser(request)).id);
    return reply.code(204).send();
  });
  http.post('/identities/:id/::issueAccessToken', async (request) => {
    const user = await admitWithUser(request);
    const { scopes, expiresInMinutes = defaultLifetimeMinutes } = tokenBody(request.message.body, newestApiVersion);
    return userToken(user, scopes, expiresInMinutes, acs.wallNow());
  });
  http.post('/identities/:id/::revokeAccessTokens', async (request, reply) => {
    await admitWithUser(request);
    return reply.code(204).send();
  });
  http.post('/teamsUser/::exchangeAccessToken', async (request) => {
    const { resourceId } = await admit(request);
    const { userId } = teamsBody(request.message.body, newestApiVersion);
    return userToken({ id: `8:orgid:${userId}`, resourceId }, ['voip'], teamsLifetimeMinutes, acs.wallNow());
  });
}
