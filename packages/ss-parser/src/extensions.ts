import type { SocketMemory } from './socket-memory.ts';
import type { TcpInfoDraft } from './tcp-info.ts';
import type { TimerDraft } from './timer.ts';
import type { SsProcess } from './users.ts';

/** Something that an extension should have been, by offsets of the text it was read from. */
export interface Complaint {
  readonly start: number;
  readonly end: number;
  readonly expected: string;
  /** `note` was forgiven; `cut` would be right if more followed; `malformed` is neither. */
  readonly kind: 'note' | 'cut' | 'malformed';
}

/** What follows the peer of a socket, decoded. */
export interface Extensions {
  readonly process: SsProcess[];
  timer: TimerDraft | null;
  timerText: string;
  uid: number | null;
  inode: number | null;
  cookie: string | null;
  shutdown: string | null;
  skmem: SocketMemory | null;
  tcp: TcpInfoDraft | null;
  cgroup: string | null;
  fwmark: number | null;
  v6only: boolean | null;
  sockopt: string[] | null;
  details: Record<string, string> | null;
  readonly extra: string[];
  readonly complaints: Complaint[];
  /** How little was understood: 1 for a word that a newer `ss` may print, {@link STRANGE} for others. */
  strangeness: number;
  /** Offset after the last word that was not understood. */
  strangeEnd: number;
}

/** What a word counts that is not understood, and what one counts that the text's end cut. */
export const STRANGE = 200;
export const HALF = 50;
