import { writeAuthorization, type AuthorizationFields, type CommonField } from './authorization.ts';
import { writers } from './writers.ts';

// A signature that is carried in more than one header's template: loaded by the schemes that need it.

writers.carry = (rule, fields, { headers, parameters }) => {
  const { header, parameter, keyHeader, escaped } = rule;
  // That of a token stands in its claims.
  if (keyHeader?.header) headers.push([keyHeader.header, writeAuthorization(keyHeader, fields)]);
  // What a scheme's own field holds is signed as it stands in the header.
  const written = escaped ? escapedFields(fields) : fields;
  const text = writeAuthorization(rule, fields.fields ? { ...written, ...fields.fields } : written);
  if (parameter === undefined) headers.push([header, text]);
  else parameters.push([parameter, text]);
};

function escapedFields(fields: AuthorizationFields): AuthorizationFields {
  const escape = (name: CommonField): string => encodeURIComponent(fields[name] ?? '');
  return { ...fields, signature: escape('signature'), keyId: escape('keyId') };
}
