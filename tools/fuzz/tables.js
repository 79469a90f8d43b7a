import { parsers as cli } from './cli.js';
import { parsers as console } from './console.js';
import { parsers as core } from './core.js';
import { parsers as coreSchemeJson } from './core-scheme-json.js';
import { parsers as coreSchemes } from './core-schemes.js';
import { parsers as gateway } from './gateway.js';
import { parsers as server } from './server.js';
import { parsers as serverAcs } from './server-acs.js';
import { parsers as serverMedia } from './server-media.js';
import { parsers as serverSinch } from './server-sinch.js';

/** Every table of parsers, by the package whose modules they name. To add one, add a file beside this one and its line. */
export const tables = {
  core: [...core, ...coreSchemeJson, ...coreSchemes],
  cli,
  gateway,
  server: [...server, ...serverAcs, ...serverSinch, ...serverMedia],
  console,
};
