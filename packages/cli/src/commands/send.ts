import { Command } from 'commander';
import { headerValue } from '@countersign/core/message';
import { verify } from '@countersign/core/verify';
import { secretsHelp } from '../credentials/secret-options.ts';
import { exitCode } from '../failure.ts';
import { textOrBase64 } from '../output/visible-text.ts';
import { examplesFor } from '../plugs.ts';
import { pageOfAnswer } from '../requests/console-page.ts';
import { sendExactly, type ExactResponse } from '../requests/exact-request.ts';
import { prepareRequest, type PreparedRequest } from '../requests/prepare-request.ts';
import { withSigningOptions, type SigningOptions } from '../requests/signing-options.ts';
import type { Terminal } from '../terminal.ts';

/** `countersign send`: signs a request, sends it byte for byte as signed, and prints the response. */
export function sendCommand(terminal: Terminal): Command {
  return withSigningOptions(new Command('send'))
    .description('sign a request, send it and print the response')
    .option('--json', 'print one JSON value')
    .addHelpText('after', examples + secretsHelp)
    .action(async (url: string, options: SigningOptions & { readonly json?: boolean }) => {
      terminal.wantsJson = options.json ?? false;
      const prepared = await prepareRequest(url, options, terminal.env);
      terminal.hide([prepared.credential.secret]);
      for (const note of prepared.notes) terminal.note(note);
      const response = await sendExactly(prepared);
      const remarks = response.status === 401 ? explainRefusal(prepared, response) : [];
      terminal.exit(response.status >= 400 ? exitCode.no : exitCode.yes);
      if (options.json) return terminal.json(sendJson(prepared, response, remarks));
      printResponse(response, terminal);
      for (const remark of remarks) terminal.note(remark);
      const page = pageOfAnswer(`${prepared.protocol}//${prepared.authority}`, response);
      if (page !== undefined) terminal.note(`the local server shows this request at ${page}`);
    });
}

function printResponse({ status, statusText, headers, body }: ExactResponse, terminal: Terminal): void {
  terminal.result(terminal.paint(status >= 400 ? 'red' : 'green', `HTTP/1.1 ${status} ${statusText}`.trimEnd()));
  for (const [name, value] of headers) terminal.result(`${name}: ${value}`);
  terminal.result('');
  if (body.length > 0) terminal.result(body);
  if (body.length > 0 && body.at(-1) !== 10) terminal.result('');
}

/** What can be said here about a 401: whether the signature was right, and what the answer itself tells. */
function explainRefusal({ scheme, credential, message }: PreparedRequest, response: ExactResponse): string[] {
  const check = verify(scheme, credential, message);
  const remarks = [
    check.ok
      ? `self-check: the signature is right for this request under the key of ${credential.name ?? 'yours'}; look at the key (is it this resource's?), the clock and the permissions`
      : `self-check: ${check.code}: ${check.summary}`,
  ];
  const diagnosis = headerValue(response.headers, 'x-countersign-diagnosis');
  if (diagnosis !== undefined) remarks.push(`the local server says: ${diagnosis}`);
  const serverTime = Date.parse(headerValue(response.headers, 'date') ?? '');
  const skewSeconds = Math.round((serverTime - Date.now()) / 1000);
  if (Math.abs(skewSeconds) > 60) {
    const direction = skewSeconds > 0 ? 'behind' : 'ahead of';
    remarks.push(`this machine's clock is ${Math.abs(skewSeconds)} s ${direction} the server's`);
  }
  return remarks;
}

/** What `send --json` prints; schema/send.schema.json describes it. */
function sendJson(
  { scheme, protocol, authority, message }: PreparedRequest,
  response: ExactResponse,
  remarks: readonly string[],
): unknown {
  return {
    scheme: scheme.id,
    request: { method: message.method, url: `${protocol}//${authority}${message.target}`, headers: message.headers },
    response: { status: response.status, headers: response.headers, body: textOrBase64(response.body) },
    notes: remarks,
  };
}

const examples = `
Examples:
${examplesFor('send')}

Exit code 1 on a status of 400 or more. A 401 comes with a local self-check of the signature.
`;
