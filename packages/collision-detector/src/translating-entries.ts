import type { NatEntry } from '@tuplescope/conversation';
import {
  CapturedTuples,
  capturesOf,
  type Incident,
  type PacketCapture,
} from '@tuplescope/incident';
import { fullTuple } from './entries.ts';

/** The entries of what the captures show: of a million others no record is made. */
export function* translatingEntries(
  incident: Incident,
  captures: readonly PacketCapture[],
): Generator<NatEntry> {
  const tables = capturesOf(incident.captures, 'conntrack').map(({ content }) => content.table);
  if (captures.length === 0 || tables.length === 0) return;
  const tuples = new CapturedTuples();
  for (const { content } of captures) tuples.add(content.table);
  for (const table of tables) {
    for (const row of tuples.rowsOf(table)) {
      const { orig: original, reply: answer } = table.at(row);
      const orig = fullTuple(original);
      const reply = fullTuple(answer);
      if (orig !== null && reply !== null) yield { orig, reply };
    }
  }
}
