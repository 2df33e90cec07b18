import type { Capture } from './capture.ts';
import type { Snapshot } from './incident.ts';
import { isEventLog } from './is-event-log.ts';
import { layoutOf } from './layout.ts';

const LISTINGS = new Set(['ss', 'ss-summary', 'conntrack', 'conntrack-statistics', 'nstat']);

/**
 * Groups listings into snapshots in time order. Listings in one stage folder belong together; in a
 * transcript a new snapshot begins where a command is given a second time. The time is that of a
 * `date` beside them.
 *
 * @example
 * groupSnapshots(captures).map(({ name }) => name) // ['5-leaked', '6-reconnect']
 */
export function groupSnapshots(captures: readonly Capture[]): Snapshot[] {
  const groups = new Map<string, { stage: string; round: number; captures: Capture[] }>();
  const roundOf = transcriptRounds();
  for (const capture of captures) {
    const isDate = capture.content.kind === 'date';
    if (!isDate && !isListing(capture)) continue;
    const { stage } = layoutOf(capture.path);
    const round = roundOf(capture);
    const key = `${stage}\n${round}`;
    const group = groups.get(key) ?? { stage, round, captures: [] };
    group.captures.push(capture);
    groups.set(key, group);
  }
  const snapshots = [...groups.values()]
    .sort((a, b) => naturally(a.stage, b.stage) || a.round - b.round)
    .map(({ stage, captures: members }) => ({
      name: stage,
      at: timeOf(members),
      captures: members.filter(isListing),
    }))
    .filter((snapshot) => snapshot.captures.length > 0);
  const isTimed = snapshots.every(({ at }) => at !== null);
  return isTimed ? snapshots.sort((a, b) => (a.at as number) - (b.at as number)) : snapshots;
}

/** Events tell a course of time, not what was there at one moment. */
function isListing({ content }: Capture): boolean {
  if (!LISTINGS.has(content.kind)) return false;
  return content.kind !== 'conntrack' || !isEventLog(content.table);
}

/** Counts, for each file, how often a command was given before: that is its round. */
function transcriptRounds(): (capture: Capture) => number {
  const seen = new Map<string, number>();
  const rounds = new Map<string, number>();
  return ({ path, command }) => {
    if (command === null) return 0;
    const times = seen.get(`${path}\n${command}`) ?? 0;
    seen.set(`${path}\n${command}`, times + 1);
    const round = Math.max(times, rounds.get(path) ?? 0);
    rounds.set(path, round);
    return round;
  };
}

function timeOf(captures: readonly Capture[]): number | null {
  for (const { content } of captures) if (content.kind === 'date') return content.at;
  return null;
}

/** `2-b` before `10-a`: numbers inside names count as numbers. */
function naturally(a: string, b: string): number {
  const left = a.split(/(\d+)/);
  const right = b.split(/(\d+)/);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x = '', y = ''] = [left[i], right[i]];
    if (x === y) continue;
    const difference = i % 2 === 1 ? Number(x) - Number(y) : 0;
    return difference !== 0 ? difference : x < y ? -1 : 1;
  }
  return 0;
}
