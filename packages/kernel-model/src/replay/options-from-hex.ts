import type { TcpOptions } from '@tuplescope/net';

const END = 0;
const NO_OPERATION = 1;
const WINDOW_SCALE = 3;
const SACK_PERMITTED = 4;
const SACK = 5;

/**
 * Reads a header's option bytes as conntrack does: an end, or a length that does not fit, stops; of
 * SACK options the first counts; what it does not read is kept as `other`.
 *
 * @example
 * optionsFromHex('0101050a0000000100000002') // { sack: [[1, 2]], other: ['0101050a0000000100000002'] }
 */
export function optionsFromHex(hex: string): TcpOptions {
  if (hex === '') return {};
  const bytes = readHex(hex);
  let wscale: number | undefined;
  let sackOK = false;
  let sack: [number, number][] | undefined;
  for (let at = 0; at < bytes.length; ) {
    const kind = bytes[at] as number;
    if (kind === END) break;
    if (kind === NO_OPERATION) {
      at++;
      continue;
    }
    const length = bytes[at + 1] ?? 0;
    if (length < 2 || at + length > bytes.length) break;
    if (kind === WINDOW_SCALE && length === 3) wscale = bytes[at + 2] as number;
    if (kind === SACK_PERMITTED && length === 2) sackOK = true;
    if (kind === SACK && length >= 10 && (length - 2) % 8 === 0) {
      sack ??= readSack(bytes, at + 2, at + length);
    }
    at += length;
  }
  return {
    ...(wscale === undefined ? {} : { wscale }),
    ...(sackOK ? { sackOK: true } : {}),
    ...(sack === undefined ? {} : { sack }),
    other: [hex],
  };
}

/** Each block is a left and a right edge of four bytes. */
function readSack(bytes: Uint8Array, start: number, end: number): [number, number][] {
  const view = new DataView(bytes.buffer);
  const blocks: [number, number][] = [];
  for (let at = start; at < end; at += 8) blocks.push([view.getUint32(at), view.getUint32(at + 4)]);
  return blocks;
}

function readHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length >> 1);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16);
  }
  return bytes;
}
