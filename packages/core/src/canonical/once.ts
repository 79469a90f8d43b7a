/** Makes a function that derives a value from an object once, and remembers it for as long as the object lives. */
export function once<From extends object, Value>(derive: (from: From) => Value): (from: From) => Value {
  const derived = new WeakMap<From, Value>();
  return (from) => derived.get(from) ?? (derived.set(from, derive(from)).get(from) as Value);
}
