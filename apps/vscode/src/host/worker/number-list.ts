/** Numbers of packets, ascending, as they are found. */
export interface NumberList {
  readonly length: number;
  push(n: number): void;
  at(i: number): number;
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
  };
}
