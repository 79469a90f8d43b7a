// In the oldest JavaScript, so that any Node can read it: an old one says what it lacks in place of a syntax error.
var needed = require('../package.json').engines.node.replace('>=', '');
var least = needed.split('.').map(Number);
var own = process.versions.node.split('.').map(Number);

if (own[0] < least[0] || (own[0] === least[0] && own[1] < least[1])) {
  console.error('countersign needs Node ' + needed + ' or newer; this is Node ' + process.versions.node + '.');
  process.exit(2);
}
