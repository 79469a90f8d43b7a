import type { Fixes } from '../diagnosis.ts';

/** What a receiver has to take from the request as it arrived. */
export type Received = 'body' | 'target' | 'path' | { readonly header: string };

/** How one framework gives what arrived, before anything parsed, decoded or routed it. */
interface Framework {
  readonly language: string;
  readonly body: string;
  readonly target: string;
  readonly path: string;
  header(name: string): string;
}

const frameworks: readonly Framework[] = [
  {
    language: 'javascript',
    body: "app.post('/hook', express.raw({ type: () => true, inflate: false }), (request) => verify(request.body)); // Express: before express.json()",
    target: 'const target = request.originalUrl; // Express: request.url lacks what a router took off',
    path: "const path = request.originalUrl.split('?')[0]; // Express: request.path lacks what a router took off",
    header: (name) => `const value = request.headers['${name}'] ?? ''; // Express, Fastify`,
  },
  {
    language: 'javascript',
    body: "fastify.removeAllContentTypeParsers(); fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body)); // Fastify: request.body is the bytes",
    target: 'const target = request.raw.url; // Fastify',
    path: "const path = request.raw.url.split('?')[0]; // Fastify",
    header: () => '',
  },
  {
    language: 'javascript',
    body: 'const body = new Uint8Array(await context.req.arrayBuffer()); // Hono: before context.req.json()',
    target: 'const { pathname, search } = new URL(context.req.url); const target = pathname + search; // Hono',
    path: 'const path = new URL(context.req.url).pathname; // Hono',
    header: (name) => `const value = context.req.header('${name}') ?? ''; // Hono`,
  },
  {
    language: 'javascript',
    body: 'const body = new Uint8Array(await request.arrayBuffer()); // Next.js route handler; under pages/api with bodyParser: false',
    target: 'const { pathname, search } = new URL(request.url); const target = pathname + search; // Next.js',
    path: 'const path = new URL(request.url).pathname; // Next.js',
    header: (name) => `const value = request.headers.get('${name}') ?? ''; // Next.js`,
  },
  {
    language: 'python',
    body: 'body = request.get_data()  # Flask: before request.json and request.form',
    target: "target = request.environ['RAW_URI']  # Flask (Werkzeug, gunicorn): request.path is decoded",
    path: "path = request.environ['RAW_URI'].split('?')[0]  # Flask (Werkzeug, gunicorn): request.path is decoded",
    header: (name) => `value = request.headers.get('${name}', '')  # Flask, FastAPI`,
  },
  {
    language: 'python',
    body: 'body = await request.body()  # FastAPI: not json.dumps(await request.json())',
    target:
      "target = (request.scope['raw_path'] + b'?' + request.scope['query_string']).rstrip(b'?').decode()  # FastAPI",
    path: "path = request.scope['raw_path'].decode()  # FastAPI",
    header: () => '',
  },
  {
    language: 'csharp',
    body: 'using var buffer = new MemoryStream(); await Request.Body.CopyToAsync(buffer); var body = buffer.ToArray(); // ASP.NET: before model binding, or Request.EnableBuffering()',
    target:
      'var target = HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget; // ASP.NET: Request.Path is decoded',
    path: "var path = HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0]; // ASP.NET: Request.Path is decoded",
    header: (name) => `var value = Request.Headers["${name}"].ToString(); // ASP.NET`,
  },
  {
    language: 'java',
    body: '@PostMapping("/hook") void hook(@RequestBody byte[] body) // Spring: bytes, not an object',
    target:
      'String target = request.getRequestURI() + (request.getQueryString() == null ? "" : "?" + request.getQueryString()); // servlet',
    path: 'String path = request.getRequestURI(); // servlet: getServletPath() is decoded',
    header: (name) => `String value = request.getHeader("${name}"); // servlet: null where it was not sent`,
  },
  {
    language: 'php',
    body: '$body = $request->getContent(); // Laravel: not json_encode($request->all())',
    target: "$target = $request->server('REQUEST_URI'); // Laravel",
    path: "$path = explode('?', $request->server('REQUEST_URI'))[0]; // Laravel: $request->path() lacks its slash",
    header: (name) => `$value = $request->header('${name}', ''); // Laravel`,
  },
  {
    language: 'ruby',
    body: 'body = request.raw_post # Rails: not params.to_json',
    target: 'target = request.original_fullpath # Rails',
    path: "path = request.original_fullpath.split('?').first # Rails",
    header: (name) => `value = request.headers['${name}'].to_s # Rails`,
  },
  {
    language: 'go',
    body: 'body, err := io.ReadAll(r.Body) // net/http: before json.NewDecoder',
    target: 'target := r.RequestURI // net/http: r.URL.Path is decoded',
    path: 'path := strings.SplitN(r.RequestURI, "?", 2)[0] // net/http: r.URL.Path is decoded',
    header: (name) => `value := r.Header.Get("${name}") // net/http`,
  },
];

/**
 * Code that takes what arrived as it arrived, by language; several frameworks of one language on lines of their own.
 *
 * @param others the fixes for languages in which nobody receives
 */
export function receivingFixes(wanted: Received, others: Fixes): Fixes {
  const lines = new Map<string, string[]>();
  for (const framework of frameworks) {
    const line = typeof wanted === 'object' ? framework.header(wanted.header) : framework[wanted];
    if (line !== '') lines.set(framework.language, [...(lines.get(framework.language) ?? []), line]);
  }
  const { postman: _, ...own } = others;
  const fixes = Object.entries(own).map(([language, code]) => [language, lines.get(language)?.join('\n') ?? code]);
  return Object.fromEntries(fixes) as Fixes;
}
