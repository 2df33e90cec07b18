/** Bytes shown of a packet; one captured with offload may have 64 KiB. */
const MOST_BYTES = 4096;

/**
 * Writes bytes as people read them: offset, sixteen bytes in hex, and the same as text.
 *
 * @example
 * hexLines(new Uint8Array([0x41, 0x00])) // ['0000  41 00                                            A.']
 */
export function hexLines(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  const end = Math.min(bytes.length, MOST_BYTES);
  for (let at = 0; at < end; at += 16) {
    const row = [...bytes.subarray(at, Math.min(at + 16, end))];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0'));
    const halves = `${hex.slice(0, 8).join(' ')}  ${hex.slice(8).join(' ')}`;
    const text = row.map((byte) => (byte > 0x1f && byte < 0x7f ? String.fromCharCode(byte) : '.'));
    lines.push(`${at.toString(16).padStart(4, '0')}  ${halves.padEnd(49)} ${text.join('')}`);
  }
  if (bytes.length > end) lines.push('…');
  return lines;
}
