import { behaviourOf } from './behaviour-of.ts';
import type { CommitName } from './commit.ts';
import { ALL_COMMITS } from './commits.ts';
import { type Connection, copyConnection, createConnection } from './conntrack/connection.ts';
import { type DirectionNumber, ORIGINAL, REPLY } from './conntrack/direction.ts';
import { passesHeaderCheck } from './conntrack/header-check.ts';
import type { Kernel } from './conntrack/kernel.ts';
import { logTexts } from './conntrack/log-text.ts';
import { RULES } from './conntrack/rules.ts';
import type { Segment } from './conntrack/segment.ts';
import { segmentClass } from './conntrack/segment-class.ts';
import { SEEN_REPLY } from './conntrack/status.ts';
import { beginConnection } from './conntrack/tcp-new.ts';
import { trackTcp } from './conntrack/tcp-packet.ts';
import { INVALID, REPEAT } from './conntrack/tcp-verdict.ts';
import { createTrace, type Trace } from './conntrack/trace.ts';
import type { Reason } from './verdict.ts';

/** A packet with the entry that it met: all that is needed to judge it again. */
export interface Witness {
  readonly segment: Segment;
  /** null where it met none. */
  readonly before: Connection | null;
  readonly direction: DirectionNumber;
}

/** Words a trace, and finds the commits that mattered by judging the packet again without each. */
export function explain(
  kernel: Kernel,
  commits: readonly CommitName[] | null,
  trace: Trace,
  witness: Witness,
): Reason {
  const [log = null] = logTexts(kernel, trace);
  const { rule } = trace;
  return { rule, values: valuesOf(trace), log, ...decisiveCommits(kernel, commits, witness) };
}

function valuesOf({ rule, left, right }: Trace): Reason['values'] {
  const numbers = [left >>> 0, right >>> 0];
  return Object.fromEntries(RULES[rule].map((name, i) => [name, numbers[i] ?? 0]));
}

function decisiveCommits(
  kernel: Kernel,
  commits: readonly CommitName[] | null,
  witness: Witness,
): Pick<Reason, 'commits' | 'lacking'> {
  if (commits === null) return { commits: [], lacking: [] };
  const as = outline(kernel, witness);
  const matters = (changed: readonly CommitName[]): boolean =>
    outline({ ...kernel, behaviour: behaviourOf({ commits: changed }) }, witness) !== as;
  const decisive = TRACKER_COMMITS.filter((name) =>
    commits.includes(name)
      ? matters(commits.filter((other) => other !== name))
      : matters([...commits, name]),
  );
  return {
    commits: decisive.filter((name) => commits.includes(name)),
    lacking: decisive.filter((name) => !commits.includes(name)),
  };
}

const TRACKER_COMMITS: readonly CommitName[] = ALL_COMMITS.filter(
  ({ side }) => side === 'tracker',
).map(({ name }) => name);

/** Verdict, state, status and timeout that a kernel gives a packet, as a text to compare. */
function outline(kernel: Kernel, { segment, before, direction }: Witness): string {
  const trace = createTrace();
  if (!passesHeaderCheck(kernel, segment, trace)) return 'header';
  const connection = createConnection();
  let repeated = false;
  if (before !== null) {
    copyConnection(before, connection);
    const verdict = trackTcp(kernel, connection, segment, direction, trace);
    if (verdict !== REPEAT) {
      if (verdict !== INVALID && direction === REPLY) connection.status |= SEEN_REPLY;
      return describe(verdict, connection, repeated);
    }
    repeated = true;
  }
  const index = segmentClass(segment.flags);
  if (!beginConnection(kernel, connection, segment, index, trace)) return 'none';
  return describe(trackTcp(kernel, connection, segment, ORIGINAL, trace), connection, repeated);
}

function describe(verdict: number, connection: Connection, repeated: boolean): string {
  const { state, status, expires } = connection;
  return [verdict, state, status, expires, repeated].join(' ');
}
