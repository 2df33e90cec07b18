import { describe, expect, expectTypeOf, it } from 'vitest';
import { parseSs } from './parse-ss.ts';
import type { SsSocket } from './ss-socket.ts';
import { streamSs } from './stream-ss.ts';
import { readFixture } from './testing/read-fixture.ts';

describe('SsTable', () => {
  it.each(['incident/ss-naoep.txt', 'odd-names/ss_-aoepmi.txt', 'odd-names/netstat_-W_-neopa.txt'])(
    'gives by column what it gives by row: %s',
    (name) => {
      const table = parseSs(readFixture(name));
      expect(table.length).toBeGreaterThan(0);
      for (let row = 0; row < table.length; row++) {
        const { netid, state, local, peer } = table.at(row);
        expect(table.netidAt(row)).toBe(netid);
        expect(table.stateAt(row)).toBe(state);
        expect(table.addressAt(row, 'local')).toBe(local.address);
        expect(table.portAt(row, 'local')).toBe(local.port);
        expect(table.addressAt(row, 'peer')).toBe(peer.address);
        expect(table.portAt(row, 'peer')).toBe(peer.port);
      }
    },
  );

  it('is typed', () => {
    const table = parseSs('');
    expectTypeOf(table.at).returns.toEqualTypeOf<SsSocket>();
    expectTypeOf(streamSs).returns.toEqualTypeOf<AsyncIterable<SsSocket>>();
    expectTypeOf<SsSocket['netid']>().toEqualTypeOf<string | null>();
    expectTypeOf<SsSocket['local']['port']>().toEqualTypeOf<number | null>();
    expect(table.length).toBe(0);
  });
});
