/** A pause in the work on a whole file, while somebody types: on a small machine both want the processor. */
export interface Pause {
  /** Begins a pause, or makes the one that there is longer. */
  begin(): void;
  /** Waits until no pause is left; at once where there is none. */
  over(): Promise<void>;
}

/** Longer than a typist rests between two keys, in milliseconds. */
const LENGTH = 500;

/** Makes a pause that has not begun. */
export function createPause(): Pause {
  let until = 0;
  return {
    begin: () => {
      until = performance.now() + LENGTH;
    },
    over: async () => {
      for (let left = until - performance.now(); left > 0; left = until - performance.now()) {
        await new Promise((resolve) => setTimeout(resolve, left));
      }
    },
  };
}
