import type { MistakeClass } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';

interface SchemeName {
  readonly kind: 'scheme';
  readonly scheme: string;
}

/** http where https was seen from outside, or the reverse. */
export const urlScheme: MistakeClass<SchemeName> = {
  id: 'url/scheme',
  rank: 140,
  needs: 'a URL as literal',
  values: function* (slot) {
    if (slot.source.from !== 'literal' || typeof slot.value !== 'string') return;
    const rest = /^(?:https?|wss?)(:\/\/.*)$/is.exec(slot.value)?.[1];
    if (rest === undefined) return;
    for (const scheme of ['https', 'http', 'wss', 'ws'])
      yield { detail: { kind: 'scheme', scheme }, cost: 1, value: scheme + rest };
  },
  say: (detail, { yours, expected }) =>
    `The URL was signed with the scheme ${detail.scheme}: ${brief(yours)} instead of ${brief(expected)}.`,
  fixes: {
    javascript: "app.set('trust proxy', true); // or configure the public URL",
    python: 'app.wsgi_app = ProxyFix(app.wsgi_app, x_proto=1, x_host=1)',
    csharp: 'app.UseForwardedHeaders(new() { ForwardedHeaders = ForwardedHeaders.XForwardedProto });',
    java: 'server.forward-headers-strategy=framework',
    go: 'url := r.Header.Get("X-Forwarded-Proto") + "://" + r.Host + r.URL.RequestURI()',
    ruby: 'config.assume_ssl = true # in Rails',
    bash: 'url="https://$host$target"',
    powershell: '$url = "https://$hostName$target"',
    php: "$url = ($_SERVER['HTTP_X_FORWARDED_PROTO'] ?? 'https') . '://' . $_SERVER['HTTP_HOST'] . $_SERVER['REQUEST_URI'];",
  },
};
