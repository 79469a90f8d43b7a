/** What people call a provider's address, keys and numbers in their programs, collections and configurations. */
interface ProgramNames {
  /** Environment variables that hold a key, or a connection string with one. */
  readonly keyVariables: readonly string[];
  /** Variables that hold scheme and host; the usual one first. */
  readonly endpoints: readonly string[];
  /** Whether the first of those is usual enough to be tried together with others. */
  readonly isEndpointUsual: boolean;
  /** The word by which a variable is told from another provider's: of `acsCallId`. */
  readonly qualifier: string;
  /** Variables that hold a telephone number. */
  readonly numbers: readonly string[];
  /** Variables that hold an identifier. */
  readonly ids: readonly string[];
  /** How an identifier begins that others do not have, as a regular expression. */
  readonly idBeginnings: readonly string[];
  /** The segment that a proxy in front of it puts before its paths. */
  readonly pathPrefix: string;
}

/** Microsoft's samples, and what stands in questions about them. */
const acs: ProgramNames = {
  keyVariables: ['ACS_KEY', 'ACS_ACCESS_KEY', 'ACS_CONNECTION_STRING', 'COMMUNICATION_SERVICES_CONNECTION_STRING'],
  endpoints: ['acsEndpoint', 'acsUrl', 'acsHost', 'acsBaseUrl'],
  isEndpointUsual: true,
  qualifier: 'acs',
  numbers: ['acsNumber'],
  ids: ['acsUserId'],
  // The raw id of a user: https://learn.microsoft.com/en-us/azure/communication-services/concepts/identifiers
  idBeginnings: ['\\d+:acs:'],
  pathPrefix: '/acs',
};

/** Sinch's snippets, and what stands in questions about them. */
const sinch: ProgramNames = {
  keyVariables: ['SINCH_SECRET', 'SINCH_APPLICATION_SECRET'],
  endpoints: ['sinchUrl', 'sinchBaseUrl'],
  isEndpointUsual: false,
  qualifier: 'sinch',
  numbers: ['sinchNumber'],
  ids: [],
  idBeginnings: [],
  pathPrefix: '/sinch',
};

const all = [acs, sinch];

/** The same of all providers: a program that calls one often names another. */
export const programNames = {
  keyVariables: all.flatMap(({ keyVariables }) => keyVariables),
  endpoints: all.flatMap(({ endpoints }) => endpoints),
  usualEndpoints: all.flatMap(({ endpoints, isEndpointUsual }) => (isEndpointUsual ? endpoints.slice(0, 1) : [])),
  qualifiers: all.map(({ qualifier }) => qualifier),
  numbers: all.flatMap(({ numbers }) => numbers),
  ids: all.flatMap(({ ids }) => ids),
  idBeginnings: all.flatMap(({ idBeginnings }) => idBeginnings),
  pathPrefixes: all.map(({ pathPrefix }) => pathPrefix),
} as const;
