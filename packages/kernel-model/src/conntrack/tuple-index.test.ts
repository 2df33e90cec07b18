import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConnection } from './connection.ts';
import { ORIGINAL, REPLY } from './direction.ts';
import { EntrySlab } from './entry-slab.ts';
import { NOT_FOUND, TupleIndex } from './tuple-index.ts';

describe('the table of entries', () => {
  it('finds by either tuple what a plain map finds, whatever was put in and taken out', () => {
    const command = fc.record({ removes: fc.boolean(), key: fc.nat({ max: 400 }) });
    fc.assert(
      fc.property(fc.array(command, { maxLength: 1200 }), (commands) => {
        const slab = new EntrySlab();
        const index = new TupleIndex(slab);
        const known = new Map<number, number>();
        for (const { removes, key } of commands) {
          const slot = known.get(key);
          if (slot === undefined) {
            const made = slab.take(0, key, -key, 7, -key, key, 8);
            index.add(made, ORIGINAL);
            index.add(made, REPLY);
            known.set(key, made);
          } else if (removes) {
            index.remove(slot, ORIGINAL);
            index.remove(slot, REPLY);
            slab.free(slot);
            known.delete(key);
          }
        }
        expect(slab.size).toBe(known.size);
        for (let key = 0; key <= 400; key++) {
          const slot = known.get(key);
          expect(index.find(0, key, -key, 7)).toBe(slot === undefined ? NOT_FOUND : slot * 2);
          expect(index.find(0, -key, key, 8)).toBe(slot === undefined ? NOT_FOUND : slot * 2 + 1);
          expect(index.find(1, key, -key, 7)).toBe(NOT_FOUND);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps every field of an entry', () => {
    const number32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    const byte = fc.nat({ max: 255 });
    const side = fc.record({
      end: number32,
      maxend: number32,
      maxwin: number32,
      maxack: number32,
      scale: byte,
      flags: byte,
    });
    const connection = fc.record({
      original: side,
      reply: side,
      state: byte,
      lastDir: fc.constantFrom(ORIGINAL, REPLY),
      retrans: byte,
      lastIndex: byte,
      lastSeq: number32,
      lastAck: number32,
      lastEnd: number32,
      lastWin: fc.nat({ max: 65_535 }),
      lastWscale: byte,
      lastFlags: byte,
      status: fc.nat({ max: 65_535 }),
      expires: fc.double({ noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(connection, { minLength: 1, maxLength: 40 }), (connections) => {
        const slab = new EntrySlab();
        const slots = connections.map((one, i) => {
          const slot = slab.take(i, i + 1, i + 2, i + 3, i + 4, i + 5, i + 6);
          slab.save(slot, one);
          return slot;
        });
        for (const [i, slot] of slots.entries()) {
          const loaded = createConnection();
          slab.load(slot, loaded);
          expect(loaded).toEqual(connections[i]);
          expect(slab.isTuple(slot, REPLY, i, i + 4, i + 5, i + 6)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
