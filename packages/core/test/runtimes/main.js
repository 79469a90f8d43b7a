// Runs the conformance suite in a runtime that has Node's file system: Node itself, Deno, Bun.
import { conformance } from './conformance.js';
import { vectorFiles } from './vector-files.js';

console.log(JSON.stringify(await conformance(vectorFiles())));
