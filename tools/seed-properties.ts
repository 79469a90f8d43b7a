import * as fc from 'fast-check';

// What the configuration of vitest says, for every file.
fc.configureGlobal({ seed: Number(process.env['SEED']) });
