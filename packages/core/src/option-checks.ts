/**
 * Checks of the options that security hangs on. A value that was never set (an environment variable that is missing, or
 * there and empty) must not switch a check off; each error names the option and says what it takes, never what was given.
 */

/** @throws TypeError unless `value` is text with more than white space in it */
export function checkText(name: string, value: unknown, wanted: string): asserts value is string {
  if (typeof value !== 'string' || value.trim() === '')
    throw new TypeError(`${name} ${lack(value)}: it must be ${wanted}`);
}

/**
 * What options left out stand for. It inherits nothing: what somebody wrote on `Object.prototype` is no option. Nothing
 * stands between the two, because V8 looks a member of an object without a prototype up in a hash table.
 */
export const noOptions: Readonly<Record<never, never>> = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.create(/* @__PURE__ */ Object.freeze(/* @__PURE__ */ Object.create(null))),
);

/** @throws TypeError unless `value` is a number of seconds, 0 or more */
export function checkSeconds(name: string, value: unknown): asserts value is number {
  if (typeof value !== 'number' || !(value >= 0)) throw new TypeError(`${name} must be a number of seconds, 0 or more`);
}

/** @throws TypeError unless `value` is a valid Date */
export function checkDate(name: string, value: unknown): asserts value is Date {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) throw new TypeError(`${name} must be a valid Date`);
}

/** @throws TypeError unless `value` is a function */
export function checkFunction(name: string, value: unknown, wanted: string): void {
  if (typeof value !== 'function') throw new TypeError(`${name} must be ${wanted}`);
}

/** @throws TypeError unless `value` is a list of names, none of them empty */
export function checkHeaderNames(name: string, value: unknown): asserts value is readonly string[] {
  // Array.from, because `some` passes over holes.
  if (!Array.isArray(value) || Array.from(value).some((one) => typeof one !== 'string' || !one.trim()))
    throw new TypeError(`${name} must be a list of header names`);
}

function lack(value: unknown): string {
  if (value === undefined || value === null) return 'is not set';
  return typeof value === 'string' ? 'is empty' : `is no text (${typeof value})`;
}
