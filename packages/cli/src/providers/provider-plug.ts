import type { Command } from 'commander';
import type { CallingProvider } from '../calls/provider-calls.ts';
import type { Terminal } from '../terminal.ts';

/** What the command line has of a provider besides what core knows: one folder and one line in `plugs.ts`. */
export interface ProviderPlug extends CallingProvider {
  /** Examples for the help of commands that every provider shares, line by line. */
  readonly examples: Readonly<
    Partial<Record<'call' | 'sign' | 'send' | 'guard' | 'emit' | 'probe' | 'proxy', readonly string[]>>
  >;
  /** Commands of its own, by their names. */
  readonly commands: Readonly<Record<string, () => Promise<(terminal: Terminal) => Command>>>;
}
