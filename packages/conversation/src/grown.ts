/** From so many rows on a table grows to twice its size. */
const MANY = 1 << 18;

/**
 * Gives for how many rows a table is to have room next. Memory that nothing was written to takes no
 * place, but what is copied takes it anew: so the first steps are few and wide.
 */
export function grown(rows: number): number {
  return rows < MANY ? rows * 16 : rows * 2;
}
