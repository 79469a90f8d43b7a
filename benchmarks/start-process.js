import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Starts one of ./processes as a process of its own, so that what is measured shares no thread with what measures it. It
 * gets the options that Node was started with, such as `--cpu-prof`.
 *
 * @param {string} name the file's, without its ending
 * @param {readonly string[]} [moreOptions] of Node, for this process alone
 * @returns {{ ask(name: string, input?: unknown): Promise<any>, stop(): Promise<void>, kill(): void }} `ask` calls a handler there; `kill` is for one that
 * does not answer any more
 */
export function startProcess(name, moreOptions = []) {
  const child = fork(fileURLToPath(new URL(`./processes/${name}.js`, import.meta.url)), {
    execArgv: [...process.execArgv, ...moreOptions],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const waiting = new Map();
  const exited = new Promise((resolve) => child.once('exit', resolve));
  let asked = 0;
  child.on('message', ({ id, result, error }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(result);
    else reject(new Error(`${name}: ${error}`));
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`${name} ended with exit code ${code}`));
  });
  return {
    ask: (handler, input) =>
      new Promise((resolve, reject) => {
        waiting.set(++asked, { resolve, reject });
        child.send({ id: asked, name: handler, input });
      }),
    kill: () => child.kill('SIGKILL'),
    async stop() {
      child.disconnect();
      await exited;
    },
  };
}
