/** The newest bytes of a frame's content, which matches copy from, and room for the next block. */
export interface Window {
  /** What is held, from the oldest byte on; it grows with the content, up to what `size` needs. */
  bytes: Uint8Array;
  /** Bytes that are held. */
  length: number;
  /** Bytes that a match may go back, as the frame says. */
  size: number;
}

/** Bytes that are added before the oldest are let go; a larger step moves them less often. */
const STEP_BYTES = 4 << 20;

/** Makes a window that holds nothing yet. */
export function makeWindow(): Window {
  return { bytes: new Uint8Array(0), length: 0, size: 0 };
}

/** Empties the window for the next frame; its memory is used again, and grows by what is there. */
export function beginFrame(window: Window, size: number): void {
  window.length = 0;
  window.size = size;
}

/** Makes room for so many bytes behind those that are held. */
export function makeRoom(window: Window, room: number): void {
  if (window.length + room <= window.bytes.length) return;
  const most = window.size + room + STEP_BYTES;
  if (window.bytes.length < most) {
    const grown = Math.max(2 * window.bytes.length, window.length + room);
    const bytes = new Uint8Array(Math.min(most, grown));
    bytes.set(window.bytes.subarray(0, window.length));
    window.bytes = bytes;
    if (window.length + room <= bytes.length) return;
  }
  const kept = Math.min(window.size, window.length);
  window.bytes.copyWithin(0, window.length - kept, window.length);
  window.length = kept;
}

/** Copies from further back, where the copy may run into what it has just written. */
export function copyMatch(bytes: Uint8Array, to: number, offset: number, length: number): void {
  if (offset >= length && length > 24) {
    bytes.copyWithin(to, to - offset, to - offset + length);
    return;
  }
  for (let i = to; i < to + length; i++) bytes[i] = bytes[i - offset] as number;
}
