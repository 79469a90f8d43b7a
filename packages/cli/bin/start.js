const { existsSync } = require('node:fs');
const { join } = require('node:path');

if (existsSync(join(__dirname, '../dist/main.js'))) {
  import('../dist/main.js');
} else {
  console.error('countersign is not built yet: run `npm run build` at the root of the project.');
  process.exitCode = 2;
}
