import type { NatEntry } from '@tuplescope/conversation';
import { capturesOf, type Incident, type PacketCapture } from '@tuplescope/incident';
import { fullTuple } from './entries.ts';

/** The entries that translate, of ports that the captures show: of a million others none is made. */
export function* translatingEntries(
  incident: Incident,
  captures: readonly PacketCapture[],
): Generator<NatEntry> {
  const tables = capturesOf(incident.captures, 'conntrack').map(({ content }) => content.table);
  if (captures.length === 0 || tables.length === 0) return;
  const shown = portsIn(captures);
  for (const table of tables) {
    for (let row = 0; row < table.length; row++) {
      const port = table.portAt(row, 'origSrc');
      if (port === null || shown[port] !== 1 || table.protoAt(row) !== 'tcp') continue;
      const { orig: original, reply: answer } = table.at(row);
      const orig = fullTuple(original);
      const reply = fullTuple(answer);
      if (orig !== null && reply !== null) yield { orig, reply };
    }
  }
}

function portsIn(captures: readonly PacketCapture[]): Uint8Array {
  const shown = new Uint8Array(65_536);
  for (const { content } of captures) {
    if (content.kind === 'tcpdump') {
      for (const { sport } of content.table) shown[sport] = 1;
      continue;
    }
    for (const { sport, length } of content.table.columns) {
      for (let row = 0; row < length; row++) shown[sport[row] as number] = 1;
    }
  }
  return shown;
}
