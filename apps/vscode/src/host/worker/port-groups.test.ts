import type { PcapColumns } from '@tuplescope/pcap-reader';
import { expect, it } from 'vitest';
import { portGroups } from './port-groups.ts';

function columnsOf(pairs: readonly (readonly [number, number])[]): PcapColumns {
  return {
    length: pairs.length,
    kind: Uint16Array.from(pairs, () => 6),
    sport: Uint16Array.from(pairs, ([sport]) => sport),
    dport: Uint16Array.from(pairs, ([, dport]) => dport),
  } as unknown as PcapColumns;
}

/** Many clients talk with a service, and with the proxy that stands in for it. */
const clients = Array.from({ length: 50 }, (_, i) => 40_000 + i);
const pairs = clients.flatMap((port) => [[port, 50_051] as const, [15_001, port] as const]);

it('keeps together what has the port of one client, on both sides of a translation', () => {
  const groups = portGroups();
  groups.survey(columnsOf(pairs));
  groups.group(columnsOf(pairs));
  for (const port of clients) {
    expect(groups.groupOf(port, 50_051)).toBe(groups.groupOf(15_001, port));
  }
  expect(new Set(clients.map((port) => groups.groupOf(port, 50_051))).size).toBe(50);
  const sizes = groups.sizes();
  expect(clients.map((port) => sizes[groups.groupOf(port, 50_051)])).toEqual(clients.map(() => 2));
});

it('keeps together what one connection shows where there is no other', () => {
  const groups = portGroups();
  const few = columnsOf([
    [44_410, 7777],
    [15_001, 44_410],
  ]);
  groups.survey(few);
  groups.group(few);
  expect(groups.groupOf(7777, 44_410)).toBe(groups.groupOf(44_410, 15_001));
});
