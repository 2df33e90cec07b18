import { toBytes } from '@tuplescope/scan';
import { bytesPerRow, compareWithFloor, printComparison } from '@tuplescope/scan/testing';
import { parseNstat } from './parse-nstat.ts';
import { readFixture } from './testing/read-fixture.ts';

/** Snapshots one after the other, as a loop over a command leaves them. */
const SNAPSHOTS = 400;

const inputs = [
  ['nstat -zas', readFixture('every-counter/nstat-zas.txt')],
  ['nstat -j', readFixture('5.4.59/nstat-j.json')],
  ['/proc/net/snmp, netstat', readFixture('5.4.59/proc-snmp-netstat.txt')],
  ['netstat -s', readFixture('every-counter/netstat-s.txt')],
] as const;

for (const [name, text] of inputs) {
  const bytes = toBytes(text.repeat(SNAPSHOTS));
  printComparison(compareWithFloor(name, bytes, parseNstat));
  console.log(`  ${bytesPerRow(() => parseNstat(bytes)).toFixed(1)} bytes a counter`);
}
