/**
 * Reads a 16-bit number in network byte order.
 *
 * @example
 * u16(new Uint8Array([0x01, 0xbb]), 0) // 443
 */
export function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

/**
 * Reads an unsigned 32-bit number in network byte order.
 *
 * @example
 * u32(new Uint8Array([0, 0, 1, 0]), 0) // 256
 */
export function u32(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] as number) << 24) |
      ((bytes[at + 1] as number) << 16) |
      ((bytes[at + 2] as number) << 8) |
      (bytes[at + 3] as number)) >>>
    0
  );
}

/** Reads a 16-bit number in the byte order of the host that wrote the file. */
export function u16In(bytes: Uint8Array, at: number, isLittle: boolean): number {
  return isLittle
    ? (bytes[at] as number) | ((bytes[at + 1] as number) << 8)
    : ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

/** Reads an unsigned 32-bit number in the byte order of the host that wrote the file. */
export function u32In(bytes: Uint8Array, at: number, isLittle: boolean): number {
  return isLittle
    ? ((bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24)) >>>
        0
    : u32(bytes, at);
}
