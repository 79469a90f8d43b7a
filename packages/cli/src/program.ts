import { Command, CommanderError } from 'commander';
import { CountersignError } from '@countersign/core/errors';
import { callCommand } from './commands/call.ts';
import { diagnoseCommand } from './commands/diagnose.ts';
import { sendCommand } from './commands/send.ts';
import { serveCommand } from './commands/serve.ts';
import { signCommand } from './commands/sign.ts';
import { schemesCommand } from './commands/schemes.ts';
import { tokenCommand } from './commands/token.ts';
import { verifyCommand } from './commands/verify.ts';
import { CommandFailure, exitCode } from './failure.ts';
import type { Terminal } from './terminal.ts';

/** The whole command. */
export function createProgram(terminal: Terminal, version: string): Command {
  const program = new Command('countersign')
    .description('Sign, send, verify and diagnose signed requests for voice APIs; run a local voice server.')
    .version(version)
    .addHelpText('after', overview);
  const commands = [
    serveCommand,
    signCommand,
    sendCommand,
    verifyCommand,
    diagnoseCommand,
    callCommand,
    schemesCommand,
    tokenCommand,
  ];
  for (const create of commands) program.addCommand(create(terminal));
  // Usage errors are thrown, so that they end with the contract's exit code.
  for (const command of [program, ...program.commands]) command.exitOverride();
  return program;
}

/** Runs the command with the process's arguments, and turns what it throws into messages and exit codes. */
export async function run(program: Command, argv: readonly string[], terminal: Terminal): Promise<void> {
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed its message already, and help or a version is no error.
      const wanted = ['commander.helpDisplayed', 'commander.version'].includes(error.code);
      terminal.exit(wanted ? exitCode.yes : exitCode.badInput);
    } else if (error instanceof CommandFailure) {
      fail(terminal, error.code, error.message);
      terminal.exit(error.exitCode);
    } else if (error instanceof CountersignError) {
      fail(terminal, error.code, error.message);
      terminal.exit(exitCode.badInput);
    } else {
      fail(terminal, 'internal', `this is a fault of countersign itself: ${(error as Error).stack ?? String(error)}`);
      terminal.exit(exitCode.badInput);
    }
  }
}

/** One sentence on standard error; `schema/error.schema.json` describes what a command that was asked for JSON adds. */
function fail(terminal: Terminal, code: string, message: string): void {
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
