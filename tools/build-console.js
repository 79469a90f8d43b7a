/** Why: the console's page is built into the server's package, so that `serve` needs neither Vite nor a second package. */
console.error('the console is not there yet');
