import type { Methods } from '../../protocol/channel.ts';
import type { CaptureSource, PacketsApi } from '../../protocol/packets.ts';
import { type ByteSource, memorySource } from './byte-source.ts';
import { openPackets, type PacketSession } from './packet-session.ts';
import { unpackedSource } from './unpacked-source.ts';

/**
 * Makes what a worker answers that reads one capture file.
 *
 * @param openFile opens a file by its path, where there are paths.
 */
export function createPacketsWorker(
  openFile: (path: string) => Promise<ByteSource>,
): Methods<PacketsApi> {
  let session: PacketSession | null = null;

  const sourceOf = async (source: CaptureSource): Promise<ByteSource> =>
    unpackedSource('path' in source ? await openFile(source.path) : memorySource(source.bytes));

  const opened = (): PacketSession => {
    if (session === null) throw new Error('no capture is open');
    return session;
  };

  return {
    openCapture: async (source) => {
      await session?.close();
      session = openPackets(await sourceOf(source));
      return session.status();
    },
    captureStatus: () => opened().status(),
    filterPackets: (filter) => opened().filter(filter),
    packetPage: (wanted) => opened().page(wanted),
    packetDetail: (n) => opened().detail(n),
  };
}
