#!/usr/bin/env node
import { existsSync } from 'node:fs';

// npm links no binary that does not exist at install, so this file is committed while the command itself is built.
const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  console.error('countersign is not built yet: run `npm run build` at the root of the project.');
  process.exitCode = 2;
}
