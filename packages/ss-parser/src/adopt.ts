import { toBytes } from '@tuplescope/scan';
import type { Extensions } from './extensions.ts';
import { HAS, SHUTDOWN, type SocketColumns } from './socket-columns.ts';
import { NO_STATE, stateNumber } from './states.ts';
import { NO_TIMER, TIMERS } from './timer.ts';

const TIME_WAIT = stateNumber('TIME-WAIT');
const TIMEWAIT = TIMERS.words.indexOf('timewait');

/** Puts extensions that were decoded the slow way into the columns of a row. */
export function adopt(sockets: SocketColumns, row: number, found: Extensions): void {
  const { arrays, texts } = sockets;
  let has = arrays.has[row] as number;
  has &= ~(HAS.process | HAS.manyProcesses | HAS.fd | HAS.uid | HAS.inode | HAS.cookie);
  const first = found.process[0];
  if (first !== undefined) {
    const name = toBytes(first.name);
    arrays.processName[row] = texts.intern(name, 0, name.length);
    // Names, contexts and threads as they were decoded come from the text again.
    has |= HAS.process | HAS.manyProcesses;
    arrays.pid[row] = first.pid ?? 0;
    arrays.fd[row] = first.fd ?? 0;
  }
  arrays.timer[row] = NO_TIMER;
  if (found.timer !== null) sockets.setTimer(row, found.timer);
  if (found.uid !== null) {
    arrays.uid[row] = found.uid;
    has |= HAS.uid;
  }
  if (found.inode !== null) {
    arrays.inode[row] = found.inode;
    has |= HAS.inode;
  }
  if (found.cookie !== null) {
    const digits = found.cookie.padStart(16, '0');
    arrays.cookieHigh[row] = Number.parseInt(digits.slice(0, 8), 16);
    arrays.cookieLow[row] = Number.parseInt(digits.slice(8), 16);
    has |= HAS.cookie;
  }
  arrays.shutdown[row] = Math.max(0, SHUTDOWN.indexOf(found.shutdown ?? ''));
  if (arrays.state[row] === NO_STATE && arrays.timer[row] === TIMEWAIT) {
    arrays.state[row] = TIME_WAIT;
  }
  arrays.has[row] = has;
}
