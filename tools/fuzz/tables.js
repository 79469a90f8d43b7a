import { parsers as cli } from './cli.js';
import { parsers as core } from './core.js';

/** Every table of parsers, by the package whose modules they name. To add one, add a file beside this one and its line. */
export const tables = { core, cli };
