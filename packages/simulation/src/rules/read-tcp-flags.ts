import type { Condition } from './region.ts';

const LETTERS: Readonly<Record<string, string>> = {
  FIN: 'F',
  SYN: 'S',
  RST: 'R',
  PSH: 'P',
  ACK: 'A',
  URG: 'U',
  ECN: 'E',
  CWR: 'W',
};

/**
 * Reads a condition on TCP flags: `SET/MASK`, or `any of FIN,RST`.
 *
 * @param isSyn the only packet that is looked at is a bare SYN.
 * @example
 * readTcpFlags('RST/SYN,RST', false) // { boxes: [{ flags: 'R' }], except: [{ flags: 'S' }] }
 */
export function readTcpFlags(text: string, isSyn: boolean): Condition | 'all' | 'none' | 'unknown' {
  const isAny = text.startsWith('any of ');
  const [set = '', mask = ''] = isAny ? [text.slice('any of '.length)] : text.split('/');
  const [wanted, looked] = [readNames(set), readNames(mask)];
  if (wanted === null || looked === null || (!isAny && !text.includes('/'))) return 'unknown';
  const unwanted = looked.filter((letter) => !wanted.includes(letter));
  if (isSyn) {
    const isMet = isAny
      ? wanted.includes('S')
      : wanted.every((letter) => letter === 'S') && !unwanted.includes('S');
    return isMet ? 'all' : 'none';
  }
  if (isAny) return { boxes: wanted.map((flags) => ({ flags })), except: [] };
  return {
    boxes: [wanted.length === 0 ? {} : { flags: wanted.join('') }],
    except: unwanted.map((flags) => ({ flags })),
  };
}

function readNames(list: string): string[] | null {
  if (list === 'NONE' || list === '') return [];
  const letters = list.split(',').map((name) => LETTERS[name]);
  return letters.includes(undefined) ? null : (letters as string[]);
}
