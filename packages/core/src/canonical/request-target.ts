/**
 * Which piece of the request target is signed, each exactly as sent: path and query, the path alone, or the query alone
 * (where `/a?` and `/a` are alike).
 */
export type TargetForm = 'as-sent' | 'path' | 'query';

/** The signed piece of a request target, exactly as sent: no decoding, no sorting, no normalization. */
export function targetForm(target: string, form: TargetForm): string {
  if (form === 'as-sent') return target;
  const question = target.indexOf('?');
  const end = question < 0 ? target.length : question;
  return form === 'path' ? target.slice(0, end) : target.slice(end + 1);
}

/** Scheme, authority (without a user name) and the rest of a target in absolute form (RFC 9112 §3.2.2). */
const absoluteForm = /^https?:\/\/(?:[^/?#@]*@)?[^/?#@]+(?=$|[/?#])/i;

/**
 * The path and query of a target in absolute form, which a client sends to what it takes for a proxy; any other target as
 * it is.
 */
export function originForm(target: string): string {
  if (target.startsWith('/')) return target;
  const prefix = absoluteForm.exec(target)?.[0];
  if (prefix === undefined) return target;
  const rest = target.slice(prefix.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** Whether a target names something on this server: in origin form, in absolute form, or `*` for the server itself. */
export function isServerTarget(target: string): boolean {
  return target.startsWith('/') || target === '*' || absoluteForm.test(target);
}
