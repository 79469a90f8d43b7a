import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '@countersign/server';
import { launcher, runCommand } from './run-command.ts';
import { expectSchema } from './schemas.ts';
import { virtualServer, whileTimePasses } from './running-server.ts';

let server: RunningServer;
beforeAll(async () => void (server = await virtualServer()));
afterAll(() => server.close());

describe('call', () => {
  test.each(['acs', 'sinch'])('through %s is answered, spoken, and says where it can be heard', async (provider) => {
    const command = `countersign call +12065550110 --say 'Hi.' --provider ${provider} --url ${server.url} --json`;
    const { exit, stdout, stderr } = await whileTimePasses(server, runCommand(command));
    const result = JSON.parse(stdout) as { audio: string[] };
    expect({ exit, stderr, result }).toMatchObject({ exit: 0, result: { provider, answered: true, spoken: true } });
    await expectSchema('call', result);
    expect((await fetch(result.audio[0] ?? '')).headers.get('content-type')).toBe('audio/wav');
  });

  test.each([
    ['acs', /^not answered: /],
    ['sinch', /^not answered: BUSY/],
  ])('through %s to a busy number ends with exit code 1', async (provider, summary) => {
    const command = `countersign call +12065550101 --say 'Hi.' --provider ${provider} --url ${server.url} --json`;
    const { exit, stdout } = await whileTimePasses(server, runCommand(command));
    expect(exit).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      answered: false,
      spoken: false,
      summary: expect.stringMatching(summary) as string,
    });
  });
});

describe('call without --live', () => {
  test.each([
    ['--url https://example.com', /--url https:\/\/example\.com is not on this machine/],
    ['--url nonsense', /--url "nonsense" is not a URL/],
    ['--callback-url http://x', /--callback-url is for live calls/],
    ['--listen 8080', /--listen is for live calls/],
  ])('with "%s" is refused before anything is sent', async (options, message) => {
    const { exit, stdout, stderr } = await runCommand(`countersign call +12065550110 --say Hi ${options}`);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('call --live', () => {
  test("takes the environment's credentials, and asks for a Sinch call until it has ended", async () => {
    const env = { ...server.environment };
    const command = `countersign call +12065550110 --say Hi --live --provider sinch --from +12065550150 --url ${server.url} --json`;
    const { exit, stdout, stderr } = await whileTimePasses(server, runCommand(command, { env }));
    expect({ exit, stderr }).toMatchObject({
      exit: 0,
      stderr: expect.stringContaining('the call has ended: ANSWERED') as string,
    });
    await expectSchema('call', JSON.parse(stdout));
  });

  test.each([
    ['', /no secret for acs-hmac: set COMMUNICATION_SERVICES_CONNECTION_STRING/],
    ['--secret-env KEY', /the ACS resource is not known/],
    ['--secret-env KEY --url http://x', /give --callback-url and --listen PORT, to which it leads/],
    ['--secret-env KEY --url http://x --callback-url http://y --listen 1', /give its address with --speech-endpoint/],
    [
      '--secret-env KEY --url http://x --callback-url http://y --listen 1 --speech-endpoint http://z',
      /give its immutable id with --resource-id/,
    ],
  ])('with "%s" says what is missing', async (options, message) => {
    const command = `countersign call +12065550110 --say Hi --live --from +12065550100 ${options}`;
    const { exit, stdout, stderr } = await runCommand(command, { env: { KEY: 'pw==' } });
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

describe('send', () => {
  test('prints the response of a signed request, byte-exact body and all', async () => {
    const { exit, stdout, stderr } = await runCommand(
      `printf '{"method":"ttsCallout","ttsCallout":{"destination":{"type":"number","endpoint":"+12065550110"},"text":"é"}}\\n' |
       countersign send --data @- -H 'Content-Type: application/json; charset=utf-8' ${server.url}/calling/v1/callouts`,
    );
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^HTTP\/1\.1 200 OK\n(?:.+\n)+\n\{"callId":"[^"]+"\}\n$/);
    // Where the console shows it, for people to open.
    expect(stderr).toContain(`${server.url}/#/requests/${server.control.exchanges()[0]?.id}`);
  });

  test('keeps a target that others would rewrite', async () => {
    const target = '/calling/v1/calls/id/%2e%2e?b=2&a=1';
    const { exit, stdout, stderr } = await runCommand(`countersign send --json '${server.url}${target}'`);
    expect({ exit, stderr }).toEqual({ exit: 1, stderr: '' });
    const result = JSON.parse(stdout) as { response: { status: number } };
    await expectSchema('send', result);
    // The signature held, or the answer would be 401.
    expect(result.response.status).toBe(404);
    expect(server.control.exchanges()[0]?.request.target).toBe(target);
  });

  test('checks a refused signature itself, and says that the key must be another', async () => {
    const { exit, stderr } = await runCommand(
      `KEY=b3RoZXIga2V5ISEhISEhIQ== countersign send --secret-env KEY --key-id c0157e51-0000-4000-8000-000000000002 ${server.url}/calling/v1/calls/id/1`,
    );
    expect(exit).toBe(1);
    expect(stderr).toMatch(/self-check: the signature is right for this request under the key of KEY; look at the key/);
  });
});

describe('serve', () => {
  test('says where it listens in one JSON line, and ends cleanly when it is interrupted', async () => {
    const child = spawn(process.execPath, [launcher, 'serve', '--port', '0', '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const ready = JSON.parse(line) as { url: string; environment: Record<string, string> };
    await expectSchema('serve', ready);
    expect((await fetch(`${ready.url}/_control/healthz`)).status).toBe(200);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(stderr).toBe('stopped\n');
  });

  test('can be interrupted in the middle of its demonstration', async () => {
    const child = spawn(process.execPath, [launcher, 'serve', '--port', '0', '--demo'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    for await (const line of createInterface(child.stdout)) if (/ CallConnected /.test(line)) break;
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });

  test('prints its variables as lines that a shell can take, with the port in use and by the names that examples of SDKs read', async () => {
    // Not the shell function: `$!` would be a shell's, and the server would outlive it.
    const script = `
      exec 3< <("${process.execPath}" "${launcher}" serve --port 0 2>/dev/null & echo "pid=$!"; wait)
      while read -r line <&3; do eval "$line"; [ -n "$SINCH_APP_SECRET" ] && break; done
      [ "$COMMUNICATION_SAMPLES_CONNECTION_STRING" = "$COMMUNICATION_SERVICES_CONNECTION_STRING" ] || echo 'no ACS samples'
      [ "$SINCH_APPLICATION_API_KEY:$SINCH_APPLICATION_API_SECRET" = "$SINCH_APPLICATION_KEY:$SINCH_APPLICATION_SECRET" ] || echo 'no Java'
      [ "$SINCH_APP_KEY:$SINCH_APP_SECRET" = "$SINCH_APPLICATION_KEY:$SINCH_APPLICATION_SECRET" ] || echo 'no C#'
      printf '%s\\n' "$COMMUNICATION_SERVICES_CONNECTION_STRING" "$SINCH_APPLICATION_KEY"
      url=\${COMMUNICATION_SERVICES_CONNECTION_STRING#endpoint=}; url=\${url%%/;*}
      countersign send "$url/calling/v1/calls/id/1" | head -n 1
      kill "$pid"`;
    const { stdout } = await runCommand(script);
    expect(stdout).toMatch(
      /^endpoint=http:\/\/localhost:\d+\/;accesskey=Y291[^\n]+==\nc0157e51-0000-4000-8000-000000000002\nHTTP\/1\.1 404 Not Found\n$/,
    );
  });

  test('says plainly that a port is in use', async () => {
    const { port } = new URL(server.url);
    const { exit, stdout, stderr } = await runCommand(`countersign serve --port ${port}`);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^error: cannot start: port ${port} on 127\\.0\\.0\\.1 is in use`));
  });
});
