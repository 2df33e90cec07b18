import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Reads a file that `fixtures/make.sh` made. */
export function fixture(name: string): Uint8Array {
  const path = fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
  return new Uint8Array(readFileSync(path));
}

/** Gives bytes in pieces of a size. */
export async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** What `logs/dmesg.txt` of the fixtures holds, as make.sh writes it. */
export const LOG: string = Array.from(
  { length: 100 },
  (_, i) =>
    `[${i}.000000] OUTBOUND_INVALID: IN= OUT=eth0 SRC=172.29.73.7 DST=172.21.206.198 LEN=40 SPT=44410\n`,
).join('');

/** What `ss.txt` of the fixtures holds. */
export const LISTING = 'FIN-WAIT-2 0 0 127.0.0.1:15001 172.29.73.7:44410\n';

/** Offsets at which a .zip has an entry of its directory. */
export function zipEntries(zip: Uint8Array): number[] {
  const at = [...zip.keys()];
  return at.filter((i) => [0x50, 0x4b, 1, 2].every((byte, k) => zip[i + k] === byte));
}
