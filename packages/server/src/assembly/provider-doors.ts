import { type ConfiguredAccount, plugOf } from '../accounts.ts';
import type { Config } from '../config/config-schema.ts';
import type { CallHeaders } from '../contract/call-headers.ts';
import type { DialResult } from '../contract/dial.ts';
import type { Provider } from '../contract/provider.ts';
import type { TextMessage, TextResult } from '../contract/text-message.ts';
import { plugs } from '../plugs.ts';
import type { ProviderPlug } from '../providers/plug.ts';
import type { ProviderContext } from '../providers/provider-context.ts';

/** Makes every provider that is plugged in; each is given its own accounts. */
export function createProviders(context: ProviderContext, config: Config, directory: string): Provider<any>[] {
  return plugs.map((plug: ProviderPlug) => {
    const accounts = context.accounts.filter(({ provider }) => provider === plug.name);
    return plug.create({ ...context, accounts }, optionsOf(plug, config), directory);
  });
}

/** The host names that the configuration gives the server. */
export function namesOf(config: Config): string[] {
  const providers = plugs.flatMap((plug: ProviderPlug) => plug.names?.(optionsOf(plug, config) ?? {}) ?? []);
  return [...(config.publicHosts ?? []), ...providers];
}

/** The hosts that clients of these accounts address. */
export function endpointsOf(accounts: readonly ConfiguredAccount[]): string[] {
  return accounts.flatMap((account) => plugOf(account).account.host?.(account) ?? []);
}

/** A provider's options in the configuration. */
function optionsOf({ name }: ProviderPlug, config: Config): unknown {
  return (config as Readonly<Record<string, unknown>>)[name];
}

/** Places a call to a number, through the provider that the number belongs to. */
export async function dialNumber(
  providers: readonly Provider[],
  from: string,
  to: string,
  headers: CallHeaders | undefined,
): Promise<DialResult> {
  for (const provider of providers) {
    const result = await provider.incoming?.(from, to, headers);
    if (result) return result;
  }
  return { ok: false, refused: 'number-not-found', summary: `${to} is no number of any account` };
}

/** Hands a text message to the provider that the number belongs to. */
export function takeText(providers: readonly Provider[], message: Omit<TextMessage, 'id'>): TextResult {
  for (const { incomingText } of providers) {
    const taken = incomingText?.(message);
    if (taken) return { ok: true, id: taken.id };
  }
  return {
    ok: false,
    refused: 'number-not-found',
    summary: `${message.to} is no number of an account that takes texts`,
  };
}
