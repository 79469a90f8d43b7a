/**
 * Makes a function that derives a value from an object once, and remembers it for as long as the object lives. The last one
 * is at hand: mostly a process has one scheme.
 */
export function once<From extends object, Value>(derive: (from: From) => Value): (from: From) => Value {
  const derived = new WeakMap<From, Value>();
  let latest: From | undefined;
  let value: Value;
  return (from) => {
    if (from !== latest) {
      value = derived.get(from) ?? (derived.set(from, derive(from)).get(from) as Value);
      latest = from;
    }
    return value;
  };
}
