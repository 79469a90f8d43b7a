/** Why: mistakes are listed under what they are about, which is what stands before the slash of an id. */
import { mistakeIds } from '@countersign/core/diagnose';

const names = {
  'The body': ['body'],
  'The content hash': ['content-hash'],
  'The URL': ['url'],
  Parameters: ['parameters'],
  'The method': ['method'],
  Headers: ['header'],
  'Date and time': ['date'],
  'The key': ['key'],
  'The string to sign': ['layout', 'template', 'components'],
  'The signature': ['digest', 'signature'],
  'Tokens (JWT)': ['token'],
  'The scheme': ['scheme'],
  'Besides the signature': ['request', 'replay', 'resource', 'rights', 'provider'],
};

/** Every mistake and note, under a heading. */
export const mistakeGroups = Object.entries(names).map(([name, prefixes]) => ({
  name,
  ids: mistakeIds.filter((id) => prefixes.includes(id.split('/')[0])),
}));
