import type { Party } from '../../../engine/call.ts';
import { acsError, type AcsError } from './errors.ts';

/** The clouds that a Teams identity may live in. */
export type Cloud = 'public' | 'dod' | 'gcch';

/**
 * A participant as the REST API writes one (`CommunicationIdentifierModel`). Responses always carry `rawId` and `kind`;
 * requests may leave both out.
 *
 * @see https://learn.microsoft.com/en-us/azure/communication-services/concepts/identifiers
 */
export interface IdentifierModel {
  readonly rawId: string;
  readonly kind: IdentifierKind;
  readonly communicationUser?: { readonly id: string };
  readonly phoneNumber?: { readonly value: string; readonly isAnonymous?: boolean; readonly assertedId?: string };
  readonly microsoftTeamsUser?: { readonly userId: string; readonly isAnonymous?: boolean; readonly cloud?: Cloud };
  readonly microsoftTeamsApp?: { readonly appId: string; readonly cloud?: Cloud };
  readonly teamsExtensionUser?: {
    readonly userId: string;
    readonly tenantId: string;
    readonly resourceId: string;
    readonly cloud?: Cloud;
  };
}

export type IdentifierKind =
  'unknown' | 'communicationUser' | 'phoneNumber' | 'microsoftTeamsUser' | 'microsoftTeamsApp' | 'teamsExtensionUser';

/** An identifier as a request may send it. */
export type IdentifierInput = { readonly [Member in keyof IdentifierModel]?: IdentifierModel[Member] | undefined };

const members = [
  'communicationUser',
  'phoneNumber',
  'microsoftTeamsUser',
  'microsoftTeamsApp',
  'teamsExtensionUser',
] as const satisfies readonly (keyof IdentifierModel)[];

const e164 = /^\+[1-9]\d{1,14}$/;

/**
 * The raw id of an identifier in a request.
 *
 * @param at where it stands in the request, for the error: `targets[0]`
 * @throws AcsError 400/8523 when it names nobody, more than one party, or something else than its `kind` says.
 */
export function readIdentifier(input: IdentifierInput, at: string): string {
  const given = members.filter((member) => input[member] !== undefined && input[member] !== null);
  if (given.length > 1) throw invalid(at, `at most one of ${given.join(', ')} may be set`);
  const [member] = given;
  if (member === undefined) {
    if (input.rawId === undefined || input.rawId === '') {
      throw invalid(at, `it names nobody; expected rawId or one of ${members.join(', ')}`);
    }
    if (input.rawId.startsWith('4:')) checkNumber(input.rawId.slice(2), `${at}.rawId`);
    return input.rawId;
  }
  if (input.kind !== undefined && input.kind !== member) {
    throw invalid(at, `its kind is ${JSON.stringify(input.kind)}, but ${member} is set`);
  }
  if (input.phoneNumber) checkNumber(input.phoneNumber.value, `${at}.phoneNumber.value`);
  return input.rawId ?? writeRawId(input);
}

/** An identifier that names no one, or not as the API wants it. */
function invalid(at: string, problem: string): AcsError {
  return acsError('invalid-argument', { message: `The identifier at ${at} is invalid: ${problem}.`, target: at });
}

/** Refuses a number that is not E.164, the only form the service takes; `anonymous` stands for a withheld one. */
export function checkNumber(number: string, at: string): void {
  const [digits = ''] = number.split('_');
  if (number === 'anonymous' || e164.test(digits)) return;
  throw invalid(at, `${JSON.stringify(number)} is not an E.164 number such as +12065550100`);
}

const cloudPrefixes: Readonly<Record<Cloud, { user: string; teams: string; app: string }>> = {
  public: { user: '8:acs:', teams: '8:orgid:', app: '28:orgid:' },
  dod: { user: '8:dod-acs:', teams: '8:dod:', app: '28:dod:' },
  gcch: { user: '8:gcch-acs:', teams: '8:gcch:', app: '28:gcch:' },
};

function writeRawId(input: IdentifierInput): string {
  const { communicationUser, phoneNumber, microsoftTeamsUser, microsoftTeamsApp, teamsExtensionUser } = input;
  if (communicationUser) return communicationUser.id;
  if (phoneNumber) return `4:${phoneNumber.value}`;
  if (microsoftTeamsUser?.isAnonymous) return `8:teamsvisitor:${microsoftTeamsUser.userId}`;
  if (microsoftTeamsUser) return `${prefixes(microsoftTeamsUser.cloud).teams}${microsoftTeamsUser.userId}`;
  if (microsoftTeamsApp) return `${prefixes(microsoftTeamsApp.cloud).app}${microsoftTeamsApp.appId}`;
  const { resourceId = '', tenantId = '', userId = '', cloud } = teamsExtensionUser ?? {};
  return `${prefixes(cloud).user}${resourceId}_${tenantId}_${userId}`;
}

function prefixes(cloud: Cloud | undefined): (typeof cloudPrefixes)[Cloud] {
  return cloudPrefixes[cloud ?? 'public'] ?? cloudPrefixes.public;
}

const rawIdForm = /^(8|28):([a-z-]+):([^:]+)$/;

/** What stands between the colons of a user's raw id, and whom it stands for. */
const realms = new Map<string, { readonly kind: 'teams' | 'user'; readonly cloud: Cloud }>(
  (Object.entries(cloudPrefixes) as [Cloud, (typeof cloudPrefixes)[Cloud]][]).flatMap(([cloud, { teams, user }]) => [
    [realmOf(teams), { kind: 'teams', cloud }],
    [realmOf(user), { kind: 'user', cloud }],
  ]),
);

function realmOf(prefix: string): string {
  return prefix.slice('8:'.length, -':'.length);
}

/** A raw id in the form that responses and events carry. Every raw id has one; those of no known form are `unknown`. */
export function identifierModel(rawId: string): IdentifierModel {
  if (rawId.startsWith('4:')) return phoneModel(rawId);
  const match = rawIdForm.exec(rawId);
  const [, , realm = '', suffix = ''] = match ?? [];
  if (match?.[1] === '28') return appModel(rawId, realm, suffix);
  if (realm === 'teamsvisitor') {
    return { rawId, kind: 'microsoftTeamsUser', microsoftTeamsUser: { userId: suffix, isAnonymous: true } };
  }
  const known = realms.get(realm);
  if (known?.kind === 'teams') {
    const { cloud } = known;
    return { rawId, kind: 'microsoftTeamsUser', microsoftTeamsUser: { userId: suffix, isAnonymous: false, cloud } };
  }
  if (known) return userModel(rawId, suffix, known.cloud);
  if (realm === 'spool') return { rawId, kind: 'communicationUser', communicationUser: { id: rawId } };
  return { rawId, kind: 'unknown' };
}

function phoneModel(rawId: string): IdentifierModel {
  const value = rawId.slice(2);
  const [, assertedId] = value.split('_');
  if (value !== 'anonymous' && assertedId === undefined) return { rawId, kind: 'phoneNumber', phoneNumber: { value } };
  return {
    rawId,
    kind: 'phoneNumber',
    phoneNumber: {
      value,
      ...(value === 'anonymous' && { isAnonymous: true }),
      ...(assertedId !== undefined && { assertedId }),
    },
  };
}

function userModel(rawId: string, suffix: string, cloud: Cloud): IdentifierModel {
  const [resourceId = '', tenantId = '', userId, ...more] = suffix.split('_');
  if (userId === undefined || more.length > 0) {
    return { rawId, kind: 'communicationUser', communicationUser: { id: rawId } };
  }
  return { rawId, kind: 'teamsExtensionUser', teamsExtensionUser: { userId, tenantId, resourceId, cloud } };
}

function appModel(rawId: string, realm: string, suffix: string): IdentifierModel {
  const cloud = realm === 'dod' || realm === 'gcch' ? realm : 'public';
  return { rawId, kind: 'microsoftTeamsApp', microsoftTeamsApp: { appId: suffix, cloud } };
}

/** Who is behind a raw id: `4:+1…` is a phone, everything else a user known by that id. */
export function partyOf(rawId: string): Party {
  return rawId.startsWith('4:') ? { kind: 'phone', number: rawId.slice(2) } : { kind: 'user', id: rawId };
}

/** The raw id of a party. A call that another kind of party joined shows it by its address. */
export function rawIdOf(party: Party): string {
  switch (party.kind) {
    case 'phone':
      return `4:${party.number}`;
    case 'user':
    case 'application':
      return party.id;
    case 'sip':
      return `4:${party.address}`;
    case 'stream':
      return party.url;
  }
}

/** Whether a raw id stands for a phone number, which the service reaches over the public telephone network. */
export function isPhoneNumber(rawId: string): boolean {
  return rawId.startsWith('4:');
}
