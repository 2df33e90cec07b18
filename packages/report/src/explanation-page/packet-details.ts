import { type CommitName, commitFor } from '@tuplescope/kernel-model';
import type { EntryState, Explanation } from '@tuplescope/packet-explainer';
import { entryWords, sentencesBehind } from '../explanation/packet-words.ts';
import { element, escapeMarkup } from '../markup.ts';
import { code, definitions, stacked } from './definitions.ts';

/** Writes what stands behind the sentence of a packet, closed until somebody opens it. */
export function packetDetails(explanation: Explanation): string {
  const { before, entry, why, socket, answers, packet, assumption } = explanation;
  const seen = packet.sightings.map(({ capture, n, interface: device, translated }) => {
    const where = device === undefined ? '' : ` on ${device}`;
    return `${capture}#${n}${where}, ${translated ? 'translated' : 'before translation'}`;
  });
  const values = Object.entries(why.values).map(([name, value]) => `${name} ${value}`);
  const list = definitions([
    ['Entry before', escapeMarkup(stateWords(before))],
    ['Entry after', escapeMarkup(stateWords(entry))],
    ['Rule', code([why.rule, ...values].join(', '))],
    ['Because of', commitsMarkup(why.commits)],
    ['Not so with', commitsMarkup(why.lacking)],
    ['Log', code(why.log ?? '')],
    ['Socket', socket === null ? '' : escapeMarkup(socketWords(socket))],
    ['Answers', answers === null ? '' : code(`${answers.file}#${answers.n}`)],
    ['Seen', stacked(seen)],
    ['Details', stacked(sentencesBehind(explanation))],
    ['Assumed', escapeMarkup(assumption ?? '')],
  ]);
  return element('details', {}, element('summary', {}, 'Why'), list);
}

function stateWords(entry: EntryState | null): string {
  return entry === null ? 'none' : entryWords(null, entry);
}

function socketWords({ owner, state, does }: NonNullable<Explanation['socket']>): string {
  return `${owner}, ${state ?? 'state unknown'}: ${does}`;
}

function commitsMarkup(names: readonly CommitName[]): string {
  return names
    .map((name) => {
      const commit = commitFor(name);
      const hash = commit?.hash == null ? '' : ` (${commit.hash})`;
      const told = commit === null ? '' : `${hash}: ${commit.title}`;
      return `${code(name)}${escapeMarkup(told)}`;
    })
    .join('<br>');
}
