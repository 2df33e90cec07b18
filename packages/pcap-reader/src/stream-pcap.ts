import type { StreamOptions } from '@tuplescope/scan';
import { fillColumns } from './fill-columns.ts';
import { PcapColumns } from './pcap-columns.ts';
import { endOfRun, newRun, type PcapOptions } from './pcap-run.ts';
import type { PcapSegment } from './pcap-segment.ts';
import { Windows } from './windows.ts';

/** IPv6 addresses that a stream of records remembers. */
const MOST_ADDRESSES = 65_536;

/**
 * Reads a capture file as it comes, in fixed memory: the records and diagnostics are those of
 * `parsePcap` on the whole file.
 *
 * @example
 * for await (const segment of streamPcap(createReadStream('big.pcap'))) count(segment.flags);
 */
export async function* streamPcap(
  chunks: AsyncIterable<Uint8Array>,
  options: StreamOptions & PcapOptions = {},
): AsyncGenerator<PcapSegment, void, undefined> {
  for await (const columns of streamPcapColumns(chunks, options)) {
    for (let row = 0; row < columns.length; row++) yield columns.at(row);
    // The records have their addresses as text.
    if (columns.addresses.size > MOST_ADDRESSES) columns.addresses.clear();
  }
}

/**
 * Reads a capture file as it comes and gives the segments as columns, in fixed memory but for the
 * distinct IPv6 addresses (24 to 48 bytes each). The same `PcapColumns` is filled again and again:
 * what it holds is gone when the next is asked for.
 *
 * @example
 * for await (const { length, payload } of streamPcapColumns(createReadStream('big.pcap'))) {
 *   for (let row = 0; row < length; row++) bytes += payload[row];
 * }
 */
export async function* streamPcapColumns(
  chunks: AsyncIterable<Uint8Array>,
  options: StreamOptions & PcapOptions = {},
): AsyncGenerator<PcapColumns, void, undefined> {
  const run = newRun(options);
  const { walk } = run;
  const columns = new PcapColumns(walk.interfaces.list, run.addresses);
  const windows = new Windows(walk, 0);
  const tell = (): void => {
    for (const diagnostic of walk.damage.drain()) options.onDiagnostic?.(diagnostic);
  };
  for await (const chunk of chunks) {
    for (const _ of windows.ofChunk(chunk)) {
      while (fillColumns(run, columns)) yield columns;
      tell();
    }
  }
  for (const _ of windows.ofEnd()) {
    while (fillColumns(run, columns)) yield columns;
    tell();
  }
  for (const diagnostic of endOfRun(run)) options.onDiagnostic?.(diagnostic);
}
