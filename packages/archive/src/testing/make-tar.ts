import { concatBytes } from '../byte-reader.ts';

/** A member of a .tar that a test makes, with whatever a real tool would refuse to write. */
export interface Member {
  readonly name: string;
  readonly content?: string | Uint8Array;
  /** As the header has it: `0` is a file, `2` a symbolic link. */
  readonly type?: string;
  /** What the header claims, where that is not the content's. */
  readonly size?: number;
}

const encoder = new TextEncoder();

/** Makes a .tar of ustar headers. */
export function makeTar(members: readonly Member[]): Uint8Array {
  return concatBytes([...members.flatMap(blocksOf), new Uint8Array(1024)]);
}

/** The header of one member, and its content with what fills the last block. */
export function blocksOf({ name, content = '', type = '0', size }: Member): Uint8Array[] {
  const bytes = typeof content === 'string' ? encoder.encode(content) : content;
  const header = new Uint8Array(512);
  header.set(encoder.encode(name).subarray(0, 100), 0);
  header.set(encoder.encode((size ?? bytes.length).toString(8).padStart(11, '0')), 124);
  header.set(encoder.encode(type), 156);
  header.set(encoder.encode('ustar\x0000'), 257);
  header.fill(0x20, 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.set(encoder.encode(sum.toString(8).padStart(6, '0')), 148);
  return [header, bytes, new Uint8Array((512 - (bytes.length % 512)) % 512)];
}
