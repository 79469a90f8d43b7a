/** Makes a value for an account once, and returns the same one from then on. */
export function perAccount<Made>(make: (account: string) => Made): (account: string) => Made {
  const made = new Map<string, Made>();
  return (account) => {
    const known = made.get(account);
    if (known !== undefined) return known;
    const fresh = make(account);
    made.set(account, fresh);
    return fresh;
  };
}
