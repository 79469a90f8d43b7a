/** The events that an application is told of. */
export type CallbackEventName = 'ice' | 'ace' | 'pie' | 'dice' | 'notify';
