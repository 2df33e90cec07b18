import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The captures in `fixtures/`. */
export const FIXTURES: readonly string[] = [
  'port-reuse-lo.pcap',
  'any-cooked-v2.pcap',
  'any-cooked-v1-nano.pcap',
  'eth0-snap68.pcap',
  'any-cooked-v2.pcapng',
  'port-reuse-lo-modified.pcap',
  'port-reuse-lo-snap60.pcapng',
  'merged.pcapng',
  'raw.pcapng',
  'forms.pcap',
];

/** Where a fixture lies. */
export function fixturePath(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
}

/** The bytes of a fixture. */
export function readFixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(fixturePath(name)));
}
