import type { Fixes, FixLanguage } from '../diagnosis.ts';
import { quoted } from './headers.ts';
import { nameIn } from './statement.ts';

/** What a receiver has to take from the request as it arrived. */
export type Received = 'body' | 'target' | 'path' | { readonly header: string; readonly variable: string };

/** How one framework gives what arrived, before anything parsed, decoded or routed it. */
interface Framework {
  readonly language: FixLanguage;
  /** @param path the one that is called, as a text of the language */
  readonly body: (path: string) => string;
  readonly target: string;
  readonly path: string;
  /** Nothing where the line of another framework of the language does it too. */
  header?(variable: string, name: string): string;
}

const frameworks: readonly Framework[] = [
  {
    language: 'javascript',
    body: (path) =>
      `app.use(${path}, express.raw({ type: () => true, inflate: false })); // Express: before app.use(express.json()); request.body is the bytes`,
    target: 'const target = request.originalUrl; // Express: request.url lacks what a router took off',
    path: "const path = request.originalUrl.split('?')[0]; // Express: request.path lacks what a router took off",
    header: (variable, name) => `const ${variable} = request.headers['${name}'] ?? ''; // Express, Fastify`,
  },
  {
    language: 'javascript',
    body: () =>
      "fastify.removeAllContentTypeParsers(); fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body)); // Fastify: request.body is the bytes",
    target: 'const target = request.raw.url; // Fastify',
    path: "const path = request.raw.url.split('?')[0]; // Fastify",
  },
  {
    language: 'javascript',
    body: () => 'const body = new Uint8Array(await context.req.arrayBuffer()); // Hono: before context.req.json()',
    target: 'const { pathname, search } = new URL(context.req.url); const target = pathname + search; // Hono',
    path: 'const path = new URL(context.req.url).pathname; // Hono',
    header: (variable, name) => `const ${variable} = context.req.header('${name}') ?? ''; // Hono`,
  },
  {
    language: 'javascript',
    body: () =>
      'const body = new Uint8Array(await request.arrayBuffer()); // Next.js route handler; under pages/api with bodyParser: false',
    target: 'const { pathname, search } = new URL(request.url); const target = pathname + search; // Next.js',
    path: 'const path = new URL(request.url).pathname; // Next.js',
    header: (variable, name) => `const ${variable} = request.headers.get('${name}') ?? ''; // Next.js`,
  },
  {
    language: 'python',
    body: () => 'body = request.get_data()  # Flask: before request.json and request.form',
    target: "target = request.environ['RAW_URI']  # Flask (Werkzeug, gunicorn): request.path is decoded",
    path: "path = request.environ['RAW_URI'].split('?')[0]  # Flask (Werkzeug, gunicorn): request.path is decoded",
    header: (variable, name) => `${variable} = request.headers.get('${name}', '')  # Flask, FastAPI`,
  },
  {
    language: 'python',
    body: () => 'body = await request.body()  # FastAPI: not json.dumps(await request.json())',
    target:
      "target = (request.scope['raw_path'] + b'?' + request.scope['query_string']).rstrip(b'?').decode()  # FastAPI",
    path: "path = request.scope['raw_path'].decode()  # FastAPI",
  },
  {
    language: 'csharp',
    body: () =>
      'using var buffer = new MemoryStream(); await Request.Body.CopyToAsync(buffer); var body = buffer.ToArray(); // ASP.NET: before model binding, or Request.EnableBuffering()',
    target:
      'var target = HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget; // ASP.NET: Request.Path is decoded',
    path: "var path = HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0]; // ASP.NET: Request.Path is decoded",
    header: (variable, name) => `var ${variable} = Request.Headers["${name}"].ToString(); // ASP.NET`,
  },
  {
    language: 'java',
    body: () =>
      `@PostMapping("/hook") ResponseEntity<Void> receive(@RequestBody byte[] body) // Spring: bytes, not an object`,
    target:
      'String target = request.getRequestURI() + (request.getQueryString() == null ? "" : "?" + request.getQueryString()); // servlet',
    path: 'String path = request.getRequestURI(); // servlet: getServletPath() is decoded',
    header: (variable, name) =>
      `String ${variable} = request.getHeader("${name}"); // servlet: null where it was not sent`,
  },
  {
    language: 'php',
    body: () => '$body = $request->getContent(); // Laravel: not json_encode($request->all())',
    target: "$target = $request->server('REQUEST_URI'); // Laravel",
    path: "$path = explode('?', $request->server('REQUEST_URI'))[0]; // Laravel: $request->path() lacks its slash",
    header: (variable, name) => `${variable} = $request->header('${name}', ''); // Laravel`,
  },
  {
    language: 'ruby',
    body: () => 'body = request.raw_post # Rails: not params.to_json',
    target: 'target = request.original_fullpath # Rails',
    path: "path = request.original_fullpath.split('?').first # Rails",
    header: (variable, name) => `${variable} = request.headers['${name}'].to_s # Rails`,
  },
  {
    language: 'go',
    body: () => 'body, err := io.ReadAll(r.Body) // net/http: before json.NewDecoder',
    target: 'target := r.RequestURI // net/http: r.URL.Path is decoded',
    path: 'path := strings.SplitN(r.RequestURI, "?", 2)[0] // net/http: r.URL.Path is decoded',
    header: (variable, name) => `${variable} := r.Header.Get("${name}") // net/http`,
  },
];

/**
 * Code that takes what arrived as it arrived, by language; several frameworks of one language on lines of their own.
 *
 * @param path the one that was called
 * @param others the fixes for languages in which nobody receives
 */
export function receivingFixes(wanted: Received, path: string, others: Fixes): Fixes {
  // What is a pattern for a router is written for all paths.
  const called = quoted(/^[\w/.~-]+$/.test(path) ? path : '/');
  const lines = new Map<string, string[]>();
  for (const framework of frameworks) {
    const { language } = framework;
    const line = lineOf(framework, wanted, called[language]);
    if (line !== undefined) lines.set(language, [...(lines.get(language) ?? []), line]);
  }
  const { postman: _, ...own } = others;
  const fixes = Object.entries(own).map(([language, code]) => [language, lines.get(language)?.join('\n') ?? code]);
  return Object.fromEntries(fixes) as Fixes;
}

function lineOf(framework: Framework, wanted: Received, path: string): string | undefined {
  if (typeof wanted === 'object') return framework.header?.(nameIn(framework.language, wanted.variable), wanted.header);
  return wanted === 'body' ? framework.body(path) : framework[wanted];
}
