import { rows as cli } from './cli.js';
import { rows as core } from './core.js';
import { rows as media } from './media.js';
import { rows as server } from './server.js';

/** Every table of growing inputs, by the package whose modules it names. To add one, add a file beside this one and its line. */
export const tables = { core, cli, server: [...server, ...media] };
