import { readFileSync } from 'node:fs';
import { createProgram, run } from './program.ts';
import { processTerminal } from './terminal.ts';

const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
const { version } = JSON.parse(manifest) as { version: string };
const terminal = processTerminal();
const argv = process.argv.slice(2);
await run(await createProgram(terminal, version, argv), argv, terminal);
