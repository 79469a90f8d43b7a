// Runs the race in a runtime that loads modules from files: Deno, Bun.
import { race } from './webcrypto.race.js';

console.log(JSON.stringify(await race()));
