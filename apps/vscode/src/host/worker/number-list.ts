/** Numbers of packets, as they are found. */
export interface NumberList {
  readonly length: number;
  push(n: number): void;
  at(i: number): number;
  /** Gives the place of a number, -1 where it is not there. */
  indexOf(n: number): number;
  sort(compare: (a: number, b: number) => number): void;
}

/** Begins a list that takes four bytes a number. */
export function numberList(): NumberList {
  let numbers = new Uint32Array(1024);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push: (n) => {
      if (length === numbers.length) {
        const larger = new Uint32Array(numbers.length * 2);
        larger.set(numbers);
        numbers = larger;
      }
      numbers[length++] = n;
    },
    at: (i) => (i < length ? (numbers[i] as number) : 0),
    indexOf: (n) => numbers.subarray(0, length).indexOf(n),
    sort: (compare) => {
      numbers.subarray(0, length).sort(compare);
    },
  };
}
