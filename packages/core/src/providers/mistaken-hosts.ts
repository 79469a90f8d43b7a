/** Geographies that resources of Azure Communication Services have in their host names, as its documents list them. */
export const hostGeographies: readonly string[] = [
  'unitedstates',
  'europe',
  'uk',
  'asiapacific',
  'australia',
  'japan',
  'brazil',
  'canada',
  'france',
  'germany',
  'india',
  'korea',
  'norway',
  'switzerland',
  'uae',
  'africa',
  'asia',
  'us',
];
/** Endings of hosts that people write for another one's. */
export const mistakenHosts: readonly string[] = [
  '.communications.azure.com',
  '.communicationservices.azure.com',
  '.communication.azure.us',
  '.communication.microsoft.com',
  '.azure.com',
  '.calling.api.sinch.com',
];
