import { visible } from '@tuplescope/scan';
import pc from 'picocolors';
import wrapAnsi from 'wrap-ansi';
import type { ToldPacket, ToldRun } from './simulate-answer.ts';
import type { AnswerStyle } from './write-answer.ts';

/** The lanes of a ladder, and the columns at which they stand. */
const LANES = { app: 0, conntrack: 9, proxy: 18, wire: 26 } as const;
const WAY_WIDTH = 27;

/** Columns before what is said of a packet. */
const HANG = 2;

/**
 * Renders a run packet by packet: time, number, conntrack's verdict, the way past the lanes and the entry;
 * below it what came of the packet, where that was not said before; at the end the outcome, and why.
 */
export function ladderOf(run: ToldRun, { color, width }: AnswerStyle): string {
  const paint = pc.createColors(color);
  const said = (text: string): string => {
    const lines = wrapAnsi(visible(text), Math.max(30, width - HANG)).split('\n');
    return lines.map((line) => `${' '.repeat(HANG)}${line}\n`).join('');
  };
  const head = paint.dim(rowText('seconds', 'packet', 'ctstate', LANE_TITLES, 'entry'));
  const known = new Set<string>();
  const rows = run.packets.map((packet) => {
    const isBad = packet.ctstate === 'INVALID' || packet.dropped !== null;
    const state = packet.ctstate.padEnd(11);
    const row = rowText(
      packet.at.toFixed(6),
      segmentWords(packet),
      isBad ? paint.red(state) : paint.green(state),
      wayOf(packet),
      entryWords(packet),
    );
    const isNew = !known.has(packet.says);
    known.add(packet.says);
    return isNew ? `${row}\n${paint.dim(said(packet.says))}` : `${row}\n`;
  });
  return `${titleOf(run, paint)}\n${head}\n${rows.join('')}\n${paint.bold(endWords(run))}\n${said(run.why)}`;
}

function titleOf(run: ToldRun, paint: ReturnType<typeof pc.createColors>): string {
  const { profile, mitigation, sysctls, numbers } = run;
  const set = Object.entries(sysctls).map(([name, value]) => `${name}=${value}`);
  const half =
    numbers === 'captured' ? [] : [`a RST ${numbers === 'ahead' ? 'ahead of' : 'behind'} the SYN`];
  const with_ = [...(mitigation === null ? [] : [mitigation]), ...set, ...half];
  return paint.bold(`On ${profile}${with_.length === 0 ? '' : `, ${with_.join(', ')}`}`);
}

function rowText(time: string, packet: string, state: string, way: string, entry: string): string {
  const cells = [time.padStart(10), packet.padEnd(20), state.padEnd(11), way.padEnd(WAY_WIDTH)];
  return `${cells.join('  ')}  ${entry}`.trimEnd();
}

function segmentWords({ segment: { flags, seq, ack } }: ToldPacket): string {
  const name = FLAGS[flags] ?? flags;
  return `${name} ${flags === 'A' ? ack : seq}`;
}

const FLAGS: Readonly<Record<string, string>> = {
  S: 'SYN',
  SA: 'SYN,ACK',
  A: 'ACK',
  R: 'RST',
  RA: 'RST,ACK',
};

function entryWords({ entry }: ToldPacket): string {
  if (entry === null) return 'no entry';
  const marks = `${entry.unreplied ? ' [UNREPLIED]' : ''}${entry.assured ? ' [ASSURED]' : ''}`;
  return `${entry.state} ${entry.timeout} s${marks}`;
}

/** The names of the lanes, each above its column. */
const LANE_TITLES = 'app  conntrack  proxy  wire';

/**
 * Draws the way of a packet: `✓` where conntrack knows it, `✗` where it is INVALID or dropped, and dashes
 * from there on where it goes astray.
 */
function wayOf({ sender, socket, hop, ctstate, dropped }: ToldPacket): string {
  const from = sender === 'peer' ? LANES.wire : sender === 'proxy' ? LANES.proxy : LANES.app;
  const to = targetOf(socket, hop, from);
  const end = dropped === null ? to : LANES.conntrack;
  const cells = new Array<string>(WAY_WIDTH).fill(' ');
  for (const column of Object.values(LANES)) cells[column] = '│';
  const step = end < from ? -1 : 1;
  const line = ctstate === 'INVALID' && hop === 'eth0' ? '╌' : '─';
  for (let at = from; at !== end; at += step) {
    const isJudged = (at - LANES.conntrack) * step > 0;
    cells[at] = cells[at] === '│' ? '┼' : isJudged ? line : '─';
  }
  cells[LANES.conntrack] = ctstate === 'INVALID' || dropped !== null ? '✗' : '✓';
  cells[from] = '●';
  if (dropped === null && end !== from) {
    cells[end - step] = step > 0 ? '►' : '◄';
    cells[end] = '│';
  }
  return cells.join('');
}

function targetOf(socket: ToldPacket['socket'], hop: ToldPacket['hop'], from: number): number {
  if (hop === 'eth0') return from === LANES.wire ? LANES.app : LANES.wire;
  if (socket?.owner === 'proxy' || socket?.owner === 'app') return LANES[socket.owner];
  return from === LANES.app ? LANES.proxy : LANES.app;
}

function endWords({ outcome, seconds }: ToldRun): string {
  const words = { connected: 'Connected', 'timed-out': 'Timed out', refused: 'Refused' };
  return `${words[outcome]} after ${seconds.toFixed(2)} s.`;
}
