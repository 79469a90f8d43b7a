import { Command, CommanderError } from 'commander';
import { CountersignError } from '@countersign/core/errors';
import { withoutKeyLikeArguments } from './credentials/key-like-arguments.ts';
import { CommandFailure, exitCode } from './failure.ts';
import { plugs } from './plugs.ts';
import type { Terminal } from './terminal.ts';

/** What loads each command, in the order of the help. */
const commands = new Map<string, () => Promise<(terminal: Terminal) => Command>>([
  ...Object.entries({
    serve: async () => (await import('./commands/serve.ts')).serveCommand,
    sign: async () => (await import('./commands/sign.ts')).signCommand,
    send: async () => (await import('./commands/send.ts')).sendCommand,
    verify: async () => (await import('./commands/verify.ts')).verifyCommand,
    diagnose: async () => (await import('./commands/diagnose.ts')).diagnoseCommand,
    call: async () => (await import('./commands/call.ts')).callCommand,
    emit: async () => (await import('./commands/emit.ts')).emitCommand,
    probe: async () => (await import('./commands/probe.ts')).probeCommand,
    guard: async () => (await import('./commands/guard.ts')).guardCommand,
    proxy: async () => (await import('./commands/proxy.ts')).proxyCommand,
    schemes: async () => (await import('./commands/schemes.ts')).schemesCommand,
  }),
  ...plugs.flatMap((plug) => Object.entries(plug.commands)),
]);

/**
 * The program: with the one command that the first argument names, so that it starts at once; with all of them when it
 * names none, for the help and for what to suggest.
 */
export async function createProgram(terminal: Terminal, version: string, argv: readonly string[]): Promise<Command> {
  const program = new Command('countersign')
    .description('Sign, send, verify and diagnose signed requests for voice APIs; run a local voice server.')
    .version(version)
    .addHelpText('after', overview);
  const named = commands.get(argv[0] ?? '');
  for (const load of named ? [named] : commands.values()) program.addCommand((await load())(terminal));
  // Usage errors are thrown, so that they end with the contract's exit code.
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      outputError: (text, write) => write(withoutKeyLikeArguments(text, argv)),
    });
  }
  return program;
}

/** Runs the command with the process's arguments, and turns what it throws into messages and exit codes. */
export async function run(program: Command, argv: readonly string[], terminal: Terminal): Promise<void> {
  const fail = (code: string, message: string): void =>
    printFailure(terminal, code, withoutKeyLikeArguments(message, argv));
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed its message already; help and a version that were asked for are no error, and exit with 0.
      terminal.exit(error.exitCode === 0 ? exitCode.yes : exitCode.badInput);
    } else if (error instanceof CommandFailure) {
      fail(error.code, error.message);
      terminal.exit(error.exitCode);
    } else if (error instanceof CountersignError) {
      fail(error.code, error.message);
      terminal.exit(exitCode.badInput);
    } else {
      fail('internal', `this is a fault of countersign itself: ${(error as Error).stack ?? String(error)}`);
      terminal.exit(exitCode.badInput);
    }
  }
}

/** One sentence on standard error; `schema/error.schema.json` describes what a command that was asked for JSON adds. */
function printFailure(terminal: Terminal, code: string, message: string): void {
  terminal.say(`${terminal.paintError('red', 'error:')} ${message}`);
  if (terminal.wantsJson) terminal.json({ error: { code, message } });
}

const overview = `
Exit codes: 0 yes, 1 no (refused, unexplained, the call failed), 2 bad input or usage.

Examples:
  countersign serve
  countersign sign --explain http://localhost:7509/calling/v1/calls/id/1
  countersign verify request.http
  countersign diagnose request.http
`;
