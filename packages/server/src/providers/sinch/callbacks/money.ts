/** An amount of money, as callbacks and the call resource show it. */
export interface Money {
  readonly currencyId: string;
  readonly amount: number;
}

/** Calls of the local server cost nothing. */
export const free: Money = { currencyId: 'USD', amount: 0 };
