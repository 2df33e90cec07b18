// A browser has no assertions of its own.

/** Fails unless something holds. */
export function holds(condition: unknown, message: string): asserts condition {
  if (condition === undefined || condition === null || condition === false) {
    throw new Error(message);
  }
}

/** Fails unless two values are the same as JSON. */
export function same(actual: unknown, expected: unknown): void {
  const [is, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  holds(is === wanted, `expected ${wanted}, found ${is}`);
}

/** Fails unless a text has a form. */
export function matches(text: string, form: RegExp): void {
  holds(form.test(text), `expected ${form}, found ${text.slice(0, 500)}`);
}
