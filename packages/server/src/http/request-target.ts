const absoluteForm = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;
const percentEncoded = /(?:%[0-9a-f]{2})+/gi;
const strayPercent = /%(?![0-9a-f]{2})/gi;

/** The origin form of a request target: an absolute one (as sent to a proxy) loses its scheme and authority. */
export function originForm(target: string): string {
  if (target.startsWith('/')) return target;
  const rest = target.replace(absoluteForm, '');
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/**
 * A target that the router can take. Its decoding gives up on escapes that stand for no UTF-8 text and then answers in a
 * shape of its own; so those are made literal here, and the request reaches its provider like any other. Only the router
 * sees this: the message keeps the target as sent.
 */
export function routableTarget(target: string): string {
  const origin = originForm(target);
  if (!origin.includes('%')) return origin;
  const queryAt = origin.search(/[?#]/);
  const path = queryAt < 0 ? origin : origin.slice(0, queryAt);
  const routable = path.replace(strayPercent, '%25').replace(percentEncoded, (escapes) => {
    try {
      decodeURIComponent(escapes);
      return escapes;
    } catch {
      return escapes.replaceAll('%', '%25');
    }
  });
  return queryAt < 0 ? routable : routable + origin.slice(queryAt);
}
