import { startsWithAt } from '@tuplescope/scan';

/** Every key of the text form and of /proc. */
const KEYS = [
  'src',
  'sport',
  'srckey',
  'secctx',
  'secmark',
  'dst',
  'dport',
  'dstkey',
  'delta-time',
  'packets',
  'portid',
  'progname',
  'bytes',
  'mark',
  'use',
  'id',
  'type',
  'code',
  'zone',
  'zone-orig',
  'zone-reply',
  'helper',
  'labels',
] as const;

/** A key of the text form. */
export type TextKey = (typeof KEYS)[number];

/** The keys by their first byte, each with its `=`. */
const BY_FIRST_BYTE: (readonly { key: TextKey; text: string }[] | undefined)[] = [];
for (const key of KEYS) {
  const first = key.charCodeAt(0);
  BY_FIRST_BYTE[first] = [...(BY_FIRST_BYTE[first] ?? []), { key, text: `${key}=` }];
}

/**
 * Gives the key that stands at an offset with its `=`, or null.
 *
 * @example
 * keyAt(toBytes('sport=15001'), 0, 11) // 'sport'
 */
export function keyAt(bytes: Uint8Array, at: number, end: number): TextKey | null {
  const candidates = BY_FIRST_BYTE[bytes[at] ?? 0];
  if (candidates === undefined) return null;
  for (const { key, text } of candidates) {
    if (startsWithAt(bytes, at, end, text)) return key;
  }
  return null;
}
