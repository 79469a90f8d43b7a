import { Agent as HttpAgent, type AgentOptions, type ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import type { OutboundGuard } from './outbound-guard.ts';

type Done = (error: Error | null, connection: Duplex) => void;

/**
 * An agent whose connections a guard has checked.
 *
 * @param protocol of the URL that is asked for: `http:`, `https:`, `ws:` or `wss:`
 * @param options as for Node's agents; without any, each connection is used once
 */
export function guardedAgent(protocol: string, guard: OutboundGuard, options: AgentOptions = {}): HttpAgent {
  const isTls = protocol === 'https:' || protocol === 'wss:';
  return isTls ? new GuardedHttpsAgent(guard, options) : new GuardedHttpAgent(guard, options);
}

class GuardedHttpAgent extends HttpAgent {
  readonly #guard: OutboundGuard;

  constructor(guard: OutboundGuard, options: AgentOptions) {
    super(options);
    this.#guard = guard;
  }

  override createConnection(options: ClientRequestArgs, done?: Done): Duplex | undefined {
    return this.#guard.connect(options, (checked) => super.createConnection(checked), done as never);
  }
}

class GuardedHttpsAgent extends HttpsAgent {
  readonly #guard: OutboundGuard;

  constructor(guard: OutboundGuard, options: AgentOptions) {
    super(options);
    this.#guard = guard;
  }

  override createConnection(options: RequestOptions, done?: Done): Duplex | undefined {
    return this.#guard.connect(options, (checked) => super.createConnection(checked), done as never);
  }
}
