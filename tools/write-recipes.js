/** Why: the pages of docs/recipes/ are written from the programs; `npm run recipes` after a build brings them up to date. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { message } from '@countersign/core/message';
import { receivingProgram, signingProgram } from '@countersign/core/programs';
import { describeSource } from '@countersign/core/scheme';
import { schemes } from '@countersign/core/schemes/catalog';
import { recipePages } from './recipes/pages.js';

const folder = new URL('../docs/recipes/', import.meta.url);
mkdirSync(folder, { recursive: true });
const core = { message, receivingProgram, signingProgram, describeSource, schemes };
for (const [name, text] of recipePages(core)) writeFileSync(new URL(name, folder), text);
