/** Throws a RangeError where there is no such number. */
export function checkNumber(what: string, number: number, length: number): void {
  if (Number.isInteger(number) && number >= 0 && number < length) return;
  throw new RangeError(`no ${what} ${number}: there are ${length}`);
}
