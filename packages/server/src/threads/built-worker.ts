/**
 * Where a worker thread's script lies, given the module that starts it. Node 20 cannot run TypeScript: from the sources
 * (in tests), it is the built file of the same place.
 *
 * @param path the script relative to the module, with the ending `.js`
 * @param here the module's own `import.meta.url`
 */
export function builtWorker(path: string, here: string): URL {
  const from = here.endsWith('.ts') ? here.replace(/\/src\/(?!.*\/src\/)/, '/dist/') : here;
  return new URL(path, from);
}
