/**
 * Memory of a socket, in bytes but for `d`, under the letters of `ss -m` (`skmem:(r0,rb131072,…)`,
 * ss(8)). Before the kernel had SK_MEMINFO `ss` printed `mem:(r,w,f,t)`, which has four of them.
 */
export interface SocketMemory {
  /** rmem_alloc: allocated for received packets. */
  readonly r: number;
  /** rcv_buf: may be allocated for receiving. */
  readonly rb?: number;
  /** wmem_alloc: used for sending, handed to layer 3 already. */
  readonly t: number;
  /** snd_buf: may be allocated for sending. */
  readonly tb?: number;
  /** fwd_alloc: allocated ahead, not used yet. */
  readonly f: number;
  /** wmem_queued: used for sending, not handed to layer 3 yet. */
  readonly w: number;
  /** opt_mem: for options, a filter for example. */
  readonly o?: number;
  /** back_log: for packets that wait until the socket is free. */
  readonly bl?: number;
  /** sock_drop: packets dropped, a count. */
  readonly d?: number;
}

const LETTERS = new Set(['r', 'rb', 't', 'tb', 'f', 'w', 'o', 'bl', 'd']);

/**
 * Reads what stands inside `skmem:(…)`, or gives null.
 *
 * @example
 * readSocketMemory('r0,rb131072,t0,tb16384,f0,w0,o0,bl0,d0') // { r: 0, rb: 131072, t: 0, … }
 */
export function readSocketMemory(text: string): SocketMemory | null {
  const memory: Record<string, number> = {};
  for (const part of text.split(',')) {
    const found = /^([a-z]{1,2})(\d{1,15})$/.exec(part);
    if (found === null || !LETTERS.has(found[1] as string)) return null;
    memory[found[1] as string] = Number(found[2]);
  }
  if (['r', 't', 'f', 'w'].some((letter) => memory[letter] === undefined)) return null;
  return memory as unknown as SocketMemory;
}
