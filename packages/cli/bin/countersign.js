#!/usr/bin/env node
// npm links no binary that does not exist at install, so this file is committed while the command itself is built.
require('./required-node.js');
require('./start.js');
