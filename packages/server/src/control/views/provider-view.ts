import { array, object, optional, record, string, typed } from '../../json-schema/schema.ts';
import type { DevelopmentAccess, ProviderPlug } from '../../providers/plug.ts';

/** A provider of this server, as `GET state` tells it. */
export interface ProviderView {
  /** Also the `provider` of accounts, calls and exchanges. */
  readonly name: string;
  /** Its name in lists and messages: short. */
  readonly title: string;
  /** The service that it behaves like, in full. */
  readonly product: string;
  /** What an account of it is called. */
  readonly accountTitle: string;
  /** The ids of the schemes that its requests are signed with. */
  readonly schemes: readonly string[];
  /** How the development account is reached, when the server has it. It is public. */
  readonly development?: DevelopmentAccess;
}

/** The schema of {@link ProviderView}. */
export const providerView = typed<ProviderView>(
  object({
    name: string({ description: 'Also the `provider` of accounts, calls and exchanges.' }),
    title: string({ description: 'Its name in lists: short.' }),
    product: string({ description: 'The service that it behaves like.' }),
    accountTitle: string({ description: 'What an account of it is called.' }),
    schemes: array(string(), { description: 'The ids of the schemes that its requests are signed with.' }),
    development: optional(
      object(
        {
          account: string(),
          number: string(),
          environment: record(string(), string()),
          signing: object({ scheme: string(), keyId: optional(string()), secret: string() }),
          credentials: array(object({ title: string(), value: string() })),
          snippets: array(
            object({
              title: string(),
              before: optional(string({ description: 'What to do first.' })),
              code: string({ description: 'The number that is called is written `{{callee}}`.' }),
            }),
          ),
          spokenCall: optional(
            object(
              {
                path: string(),
                body: string({ description: 'JSON. The number that is called is written `{{callee}}`.' }),
              },
              { description: 'A request that calls a number and speaks to it, to be sent with `POST` and signed.' },
            ),
          ),
        },
        { description: 'How the development account is reached, when the server has it. It is public.' },
      ),
    ),
  }),
);

/**
 * A provider as the control API shows it.
 *
 * @param serverUrl where the development account is reached; absent when the server has none
 */
export function viewProvider(plug: ProviderPlug, serverUrl: string | undefined): ProviderView {
  const { name, title, product, schemes } = plug;
  const development = serverUrl === undefined ? undefined : plug.development(serverUrl);
  return { name, title, product, accountTitle: plug.account.title, schemes, ...(development && { development }) };
}
