import { decodeBase64, utf8 } from './canonical/byte-encoding.ts';
import type { IncomingRequest } from './receive.ts';
import type { IncomingBody } from './received-body.ts';

type Texts = Readonly<Record<string, string | undefined>>;
type TextLists = Readonly<Record<string, readonly string[] | undefined>>;

/** The part of an HTTP event of AWS Lambda that is read here, of each of its forms. */
export interface LambdaEvent {
  /** Payload format 2.0: API Gateway's HTTP API, function URLs. */
  readonly rawPath?: string;
  readonly rawQueryString?: string;
  readonly cookies?: readonly string[] | undefined;
  /** Payload format 1.0 (API Gateway's REST API) and Application Load Balancer. */
  readonly httpMethod?: string;
  readonly path?: string;
  readonly multiValueHeaders?: TextLists | null | undefined;
  readonly queryStringParameters?: Texts | null | undefined;
  readonly multiValueQueryStringParameters?: TextLists | null | undefined;
  /** All of them. */
  readonly headers?: Texts | null | undefined;
  readonly body?: string | null | undefined;
  readonly isBase64Encoded?: boolean | undefined;
  readonly requestContext?: {
    readonly stage?: string | undefined;
    readonly domainName?: string | undefined;
    readonly path?: string | undefined;
    readonly http?: { readonly method?: string | undefined } | undefined;
    readonly elb?: unknown;
  };
}

/** What a `receiver` verifies: `callbacks.verify(request, body)`. */
export interface LambdaRequest {
  readonly request: IncomingRequest;
  readonly body: IncomingBody;
}

/**
 * The request behind an HTTP event of AWS Lambda: from API Gateway (REST API, HTTP API), a function URL or an Application Load
 * Balancer. The path is what the sender wrote, with the stage where the address of the API has one. API Gateway's own path
 * mapping of a custom domain is not in the event of an HTTP API: give it in `publicUrl` (`https://api.example.com/mapping`).
 *
 * REST APIs get a decoded query, which is written anew in percent-encoding: where a scheme signs the URL, a sender who writes
 * it otherwise is refused. Format 2.0 and load balancers have it as it was sent. A binary body needs its media type in the
 * API's list of binary types, or it arrives damaged.
 *
 * @throws TypeError when the event is no HTTP event
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export function lambdaRequest(event: LambdaEvent): LambdaRequest {
  const { requestContext: context = {}, rawPath, rawQueryString } = event ?? {};
  const method = context.http?.method ?? event?.httpMethod;
  const path = rawPath ?? context.path ?? event?.path;
  if (typeof method !== 'string' || typeof path !== 'string') {
    throw new TypeError(
      'the event has no method or path: pass an HTTP event of API Gateway, a function URL or a load balancer',
    );
  }
  const query = rawPath === undefined ? queryOf(event, context.elb === undefined) : (rawQueryString ?? '');
  const url = (rawPath === undefined ? path : withoutForeignStage(path, context)) + (query === '' ? '' : `?${query}`);
  return { request: { method, url, rawHeaders: headersOf(event) }, body: bodyOf(event) };
}

/** With a custom domain, the path begins with a stage that the sender has not written. */
function withoutForeignStage(
  path: string,
  { stage, domainName = '' }: NonNullable<LambdaEvent['requestContext']>,
): string {
  if (stage === undefined || stage === '$default' || /\.amazonaws\.com(?:\.cn)?$/.test(domainName)) return path;
  return path.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : path;
}

/** The query of an event that has it taken apart: decoded by API Gateway, as it was sent by a load balancer. */
function queryOf(event: LambdaEvent, isDecoded: boolean): string {
  const write = isDecoded ? encodeURIComponent : (text: string) => text;
  return listsOf(event.multiValueQueryStringParameters, event.queryStringParameters)
    .map(([name, value]) => `${write(name)}=${write(value)}`)
    .join('&');
}

function headersOf({ multiValueHeaders, headers, cookies, requestContext }: LambdaEvent): string[] {
  const lines = listsOf(multiValueHeaders, headers);
  if (cookies && cookies.length > 0) lines.push(['cookie', cookies.join('; ')]);
  const domain = requestContext?.domainName;
  if (domain !== undefined && !lines.some(([name]) => name.toLowerCase() === 'host')) lines.unshift(['host', domain]);
  return lines.flat();
}

/** Each name with each of its values; the lists where there are any, because beside them stands one value of each. */
function listsOf(lists: TextLists | null | undefined, texts: Texts | null | undefined): [string, string][] {
  const several = Object.entries(lists ?? {});
  if (several.length > 0)
    return several.flatMap(([name, values]) => (values ?? []).map((value): [string, string] => [name, value]));
  return Object.entries(texts ?? {}).map(([name, value]): [string, string] => [name, value ?? '']);
}

function bodyOf({ body, isBase64Encoded }: LambdaEvent): IncomingBody {
  // What somebody parsed before is handed on: the verdict says what to do about it.
  if (typeof body !== 'string') return (body ?? undefined) as IncomingBody;
  return isBase64Encoded === true ? (decodeBase64(body) ?? (body as never)) : utf8.encode(body);
}
