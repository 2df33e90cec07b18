// The core packages are typed without the DOM and without Node.js; both have these two.
declare const TextDecoder: new (
  label: string,
  options: { ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

// Without this option the decoder would swallow a byte order mark, and two texts would look the same.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** Below this length a loop beats the call into the decoder. */
const SHORT = 24;

/**
 * Gives the bytes of an input: a string as UTF-8, bytes as they are, not copied.
 *
 * @example
 * toBytes('tcp') // Uint8Array [116, 99, 112]
 */
export function toBytes(input: string | Uint8Array): Uint8Array {
  return typeof input === 'string' ? encoder.encode(input) : input;
}

/**
 * Decodes bytes as UTF-8; a malformed sequence becomes U+FFFD, never an error.
 *
 * @param start first byte, inclusive.
 * @param end last byte, exclusive.
 * @example
 * decodeText(new Uint8Array([116, 99, 112]), 0, 3) // 'tcp'
 */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > SHORT) return decoder.decode(bytes.subarray(start, end));
  let text = '';
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte > 0x7f) return decoder.decode(bytes.subarray(start, end));
    text += String.fromCharCode(byte);
  }
  return text;
}
