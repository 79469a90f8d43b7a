import { startCallbackReceiver, type CallbackReceiver } from './callback-receiver.ts';

/** Does something while callbacks are received; the receiver is closed afterwards, whatever happened. */
export async function withReceiver<Result>(
  options: Parameters<typeof startCallbackReceiver>[0],
  work: (receiver: CallbackReceiver) => Promise<Result>,
): Promise<Result> {
  const receiver = await startCallbackReceiver(options);
  try {
    return await work(receiver);
  } finally {
    await receiver.close();
  }
}
