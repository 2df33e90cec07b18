const names = new Intl.Collator('en', { numeric: true });

/** Orders names as a person would: `2-after` before `10-after`. */
export const compareNames: (a: string, b: string) => number = names.compare;

/** Orders paths folder by folder, as a walk through the folders in the order of their names does. */
export function comparePaths(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const order = compareNames(left[i] as string, right[i] as string);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
