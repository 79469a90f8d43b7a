import type { LambdaEvent } from '@countersign/core/lambda-request';

// HTTP events of AWS Lambda, member by member as AWS documents them, without what is not about the request:
//  - REST API: https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html ("Event format")
//  - HTTP API, payload format 2.0: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
//  - function URL: https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
//  - load balancer: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
// The same as files: github.com/aws/aws-lambda-go, events/testdata.

/** What is put into an event. */
export interface Arriving {
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly isBase64Encoded?: boolean;
}

const forwarded = {
  'X-Forwarded-For': '127.0.0.1, 127.0.0.2',
  'X-Forwarded-Port': '443',
  'X-Forwarded-Proto': 'https',
};

function lists(texts: Readonly<Record<string, string>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, [value]]));
}

/** A REST API: `path` is without the stage, `requestContext.path` with it. */
export function restApi({ host, path, headers, body, isBase64Encoded = false }: Arriving): LambdaEvent {
  const all = { Accept: '*/*', Host: host, ...forwarded, ...headers };
  const event = {
    resource: '/{proxy+}',
    path,
    httpMethod: 'POST',
    headers: all,
    multiValueHeaders: lists(all),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    requestContext: {
      resourcePath: '/{proxy+}',
      httpMethod: 'POST',
      path: `/prod${path}`,
      protocol: 'HTTP/1.1',
      stage: 'prod',
      domainPrefix: '70ixmpl4fl',
      domainName: '70ixmpl4fl.execute-api.us-east-2.amazonaws.com',
      requestId: 'JKJaXmPLvHcESHA=',
      apiId: '70ixmpl4fl',
    },
    body,
    isBase64Encoded,
  };
  return event;
}

/** An HTTP API, format 2.0: header names in lower case, repeated ones joined; cookies apart. */
export function httpApi({ host, path, headers, body, isBase64Encoded = false }: Arriving): LambdaEvent {
  const event = {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    cookies: ['cookie1', 'cookie2'],
    headers: { host, 'x-forwarded-proto': 'https', ...headers },
    requestContext: {
      apiId: 'api-id',
      domainName: host,
      domainPrefix: 'id',
      http: { method: 'POST', path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'agent' },
      requestId: 'id',
      routeKey: '$default',
      stage: '$default',
    },
    body,
    isBase64Encoded,
  };
  return event;
}

/** A load balancer; `multiValue` as its target group is set. */
export function loadBalancer(
  { host, path, headers, body, isBase64Encoded = false }: Arriving,
  multiValue: boolean,
): LambdaEvent {
  const all = { accept: '*/*', host, 'x-forwarded-port': '80', 'x-forwarded-proto': 'http', ...headers };
  const event = {
    requestContext: {
      elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/lambda-target/abcdefgh' },
    },
    httpMethod: 'POST',
    path,
    ...(multiValue
      ? { multiValueQueryStringParameters: {}, multiValueHeaders: lists(all) }
      : { queryStringParameters: {}, headers: all }),
    body,
    isBase64Encoded,
  };
  return event;
}
