import fc from 'fast-check';
import { readFixture } from './fixture.ts';

/** A real capture with bytes overwritten, taken out, put in, and perhaps its end cut off. */
export function mutated(name: string): fc.Arbitrary<Uint8Array> {
  const original = readFixture(name);
  const place = fc.nat({ max: original.length - 1 });
  const value = fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff));
  const change = fc.tuple(fc.constantFrom('set', 'word', 'remove', 'insert'), place, value);
  const changes = fc.array(change, { maxLength: 8 });
  return fc.tuple(changes, fc.option(place)).map(([list, end]) => {
    let bytes = original.slice();
    for (const [kind, at, byte] of list) bytes = changedBytes(bytes, kind, at, byte);
    return end === null ? bytes : bytes.slice(0, end);
  });
}

function changedBytes(bytes: Uint8Array<ArrayBuffer>, kind: string, at: number, byte: number) {
  switch (kind) {
    case 'remove':
      return new Uint8Array([...bytes.subarray(0, at), ...bytes.subarray(at + byte)]);
    case 'insert':
      return new Uint8Array([
        ...bytes.subarray(0, at),
        ...new Uint8Array(byte).fill(byte),
        ...bytes.subarray(at),
      ]);
    case 'word':
      return bytes.fill(byte, at, at + 4);
    default:
      return bytes.fill(byte, at, at + 1);
  }
}
