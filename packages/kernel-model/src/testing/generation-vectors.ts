import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parseTcpFlags } from '@tuplescope/net';
import { type Connection, createConnection } from '../conntrack/connection.ts';
import { ORIGINAL, REPLY } from '../conntrack/direction.ts';
import { passesHeaderCheck } from '../conntrack/header-check.ts';
import type { Kernel } from '../conntrack/kernel.ts';
import { createSegment, NO_SCALE, type Segment } from '../conntrack/segment.ts';
import { segmentClass } from '../conntrack/segment-class.ts';
import { ASSURED, CONFIRMED, SEEN_REPLY } from '../conntrack/status.ts';
import { beginConnection } from '../conntrack/tcp-new.ts';
import { trackTcp } from '../conntrack/tcp-packet.ts';
import { tcpStateName } from '../conntrack/tcp-state.ts';
import { ACCEPT_AND_KILL, INVALID, REPEAT } from '../conntrack/tcp-verdict.ts';
import { createTrace } from '../conntrack/trace.ts';

/** A named sequence of packets, and what each generation did with it. */
export interface GenerationVector {
  readonly name: string;
  /** `p DIR FLAGS SEQ ACK WIN LEN OPTIONS`, `adv SECONDS` or `cfg NAME VALUE`. */
  readonly steps: readonly string[];
  /** `V VERDICT REPEATS STATE … | last_… | seen0 | seen1` after each packet. */
  readonly groups: readonly { readonly gens: readonly string[]; readonly expect: string[] }[];
}

/** Reads the named scenarios and the random ones. */
export function readGenerationVectors(): readonly GenerationVector[] {
  const file = new URL('../../fixtures/generations.jsonl.gz', import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n');
  return lines.map((line) => JSON.parse(line) as GenerationVector);
}

/** Runs a vector's steps on the tracker's core; gives a line for each packet, as the vectors have. */
export function runSteps(base: Kernel, steps: readonly string[]): string[] {
  const lines: string[] = [];
  let kernel = base;
  let now = 0;
  let live: Connection | null = null;
  const trace = createTrace();
  for (const step of steps) {
    const [word = '', ...rest] = step.split(' ');
    if (word === 'adv') now += Number(rest[0]);
    else if (word === 'cfg') kernel = configure(kernel, rest[0] ?? '', Number(rest[1]));
    else {
      const segment = readStep(rest, now);
      const valid = passesHeaderCheck(kernel, segment, trace);
      let repeats = 0;
      let verdict = INVALID;
      if (live !== null && live.expires <= now) live = null;
      let killed: Connection | null = null;
      if (valid && live !== null) {
        const direction = rest[0] === '1' ? REPLY : ORIGINAL;
        verdict = trackTcp(kernel, live, segment, direction, trace);
        if (verdict === REPEAT) {
          live = null;
          repeats = 1;
        } else if (verdict !== INVALID) {
          if (direction === REPLY) live.status |= SEEN_REPLY;
          if (verdict === ACCEPT_AND_KILL) [killed, live] = [live, null];
        }
      }
      if (valid && live === null && killed === null) {
        const fresh = createConnection();
        verdict = INVALID;
        if (beginConnection(kernel, fresh, segment, segmentClass(segment.flags), trace)) {
          verdict = trackTcp(kernel, fresh, segment, ORIGINAL, trace);
          if (verdict !== INVALID) live = fresh;
          fresh.status |= CONFIRMED;
        }
      }
      lines.push(describe(verdict, repeats, live ?? killed, killed !== null, now));
    }
  }
  return lines;
}

function configure(kernel: Kernel, name: string, value: number): Kernel {
  const { behaviour, limits } = kernel;
  switch (name) {
    case 'liberal':
      return { behaviour, limits: { ...limits, beLiberal: value !== 0 } };
    case 'loose':
      return { behaviour, limits: { ...limits, loose: value !== 0 } };
    case 'ignore_rst':
      return { behaviour, limits: { ...limits, ignoreInvalidRst: value !== 0 } };
    case 'max_retrans':
      return { behaviour, limits: { ...limits, maxRetrans: value } };
    default:
      throw new Error(`no setting ${name} in the vectors`);
  }
}

function readStep(words: readonly string[], at: number): Segment {
  const [, flags = '', seq, ack, win, len, options = '-'] = words;
  const segment = createSegment();
  segment.at = at;
  segment.flags = flags === '-' ? 0 : (parseTcpFlags(flags) ?? 0);
  segment.seq = Number(seq) | 0;
  segment.ack = Number(ack) | 0;
  segment.win = Number(win);
  segment.len = Number(len);
  segment.received = false;
  const sack = /K(\d+)-(\d+)/.exec(options);
  const scale = /w(\d+)/.exec(options);
  segment.hasOptions = options !== '-';
  segment.sackPermitted = options.includes('s');
  segment.wscale = scale === null ? NO_SCALE : Number(scale[1]);
  if (sack !== null) {
    segment.sackBlocks = 1;
    segment.sackEdges[0] = Number(sack[2]) | 0;
  }
  return segment;
}

function describe(
  verdict: number,
  repeats: number,
  c: Connection | null,
  killed: boolean,
  now: number,
): string {
  const word = verdict === INVALID ? 'INVALID' : 'ACCEPT';
  if (c === null) return `V ${word} ${repeats} nolive`;
  const bit = (mask: number): number => (c.status & mask ? 1 : 0);
  const state = [
    tcpStateName(c.state),
    bit(SEEN_REPLY),
    bit(ASSURED),
    bit(CONFIRMED),
    killed ? 1 : 0,
    c.expires - now,
  ];
  const last = [c.lastIndex, c.lastDir, c.lastSeq, c.lastAck, c.lastEnd, c.lastWin, c.lastWscale];
  const sides = [c.original, c.reply].map((side) =>
    [side.end, side.maxend, side.maxwin, side.maxack, side.scale, side.flags].map(unsigned),
  );
  return [
    `V ${word} ${repeats} ${state.join(' ')}`,
    [...last, c.lastFlags, c.retrans].map(unsigned).join(' '),
    ...sides.map((side) => side.join(' ')),
  ].join(' | ');
}

function unsigned(value: number): number {
  return value >>> 0;
}
