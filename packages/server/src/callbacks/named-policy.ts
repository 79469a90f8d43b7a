import type { DeliveryName, DeliveryPolicy } from '../contract/delivery-policy.ts';
import type { Provider } from '../contract/provider.ts';

/**
 * Finds a delivery policy by its name.
 *
 * @throws Error when no provider has it: a callback that nobody can deliver is a mistake of the code
 */
export function namedPolicy(
  providers: readonly Pick<Provider, 'name' | 'deliveries'>[],
  { provider, policy, account }: DeliveryName,
): DeliveryPolicy {
  const deliveries = providers.find(({ name }) => name === provider)?.deliveries ?? {};
  const found = Object.hasOwn(deliveries, policy) ? deliveries[policy] : undefined;
  if (found) return found(account);
  const known = Object.keys(deliveries).join(', ') || 'none';
  throw new Error(`the provider ${provider} has no delivery policy ${policy}; it has ${known}`);
}
