import type { PacketTexts } from '../../protocol/packets.ts';
import type { Translate } from '../translate.ts';

/** Gives the words of the page that shows packets, in the editor's language. */
export function packetTexts(t: Translate): PacketTexts {
  return {
    number: t('No.'),
    time: t('Time'),
    source: t('Source'),
    destination: t('Destination'),
    flags: t('Flags'),
    sequence: t('Seq'),
    acknowledgement: t('Ack'),
    window: t('Win'),
    length: t('Len'),
    packets: t('Packets'),
    filter: t('Filter'),
    filterHint: t('Filter: 44410, 10.0.0.7, 10.0.0.7:44410, syn, rst'),
    filterWrong: t(
      'Not understood: {0}. A filter is made of ports, addresses, address:port and TCP flags.',
    ),
    shown: t('{0} of {1} packets'),
    total: t('{0} packets'),
    reading: t('reading, {0} %'),
    empty: t('This file is empty: nothing was captured into it yet.'),
    nothing: t('No packet passes the filter.'),
    timeFormat: t('Time format'),
    sinceFirst: t('Since the first packet'),
    timeOfDay: t('Time of day (UTC)'),
    dateTime: t('Date and time (UTC)'),
    fields: t('Fields'),
    bytes: t('Bytes'),
    conversation: t('Only this connection'),
    copyRow: t('Copy as text'),
    verdict: t('Verdict'),
    says: t('What happens'),
    unexpected: t('This kernel would not have done so: {0}'),
    rule: t('Rule'),
    entryBefore: t('Entry before'),
    entryAfter: t('Entry after'),
    kernelLog: t('Kernel log'),
    commits: t('Because of'),
    none: t('none'),
    ladder: t('The connection as a ladder'),
    detail: t('Packet {0}'),
  };
}
