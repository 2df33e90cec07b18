import { capturesOf, type Incident, placeOf } from '@tuplescope/incident';
import type { Evidence } from '../finding.ts';
import type { IncidentPackets } from '../incident-packets.ts';
import type { StrayReset } from './stray-reset.ts';

/** Points at the segment, at the RST, and at what shows that the connection's socket did not send it. */
export function strayEvidence(packets: IncidentPackets, stray: StrayReset): Evidence[] {
  const { odd, reset, basis, socket, conversation } = stray;
  const after = packets.conversations
    .packetsOf(conversation.id)
    .find(
      ({ index, direction, older }) =>
        index > reset.index && direction === reset.direction && older === null,
    );
  return [
    packets.evidenceOf(odd, 'The segment that met no socket.'),
    packets.evidenceOf(reset, `The RST that answers it carries its acknowledgement, ${reset.seq}.`),
    ...(basis === 'goes-on' && after !== undefined
      ? [packets.evidenceOf(after, 'The same end goes on with the connection: its socket is well.')]
      : []),
    ...(socket === null
      ? []
      : [
          {
            ...socket.place,
            packet: null,
            says: `The connection's socket after the RST: ${socket.socket.state}.`,
          },
        ]),
  ];
}

/** How many packets conntrack has called INVALID, in the last statistics, and how many before. */
export function invalidCounters({ snapshots }: Incident): Evidence[] {
  const readings = snapshots.flatMap(({ captures }) =>
    capturesOf(captures, 'conntrack-statistics').flatMap((capture) => {
      const { table } = capture.content;
      const value = table.sum('invalid');
      const row = [...table].find((line) => 'counters' in line && line.counters.invalid);
      return value === null ? [] : [{ value, capture, source: row?.source ?? null }];
    }),
  );
  const first = readings[0];
  const last = readings.at(-1);
  if (first === undefined || last === undefined || last.source === null) return [];
  const rose = last.value - first.value;
  const says =
    rose > 0
      ? `conntrack's counter of INVALID packets rose from ${first.value} to ${last.value}.`
      : `conntrack has called ${last.value} packets INVALID.`;
  return [{ ...placeOf(last.capture, last.source), packet: null, says }];
}
