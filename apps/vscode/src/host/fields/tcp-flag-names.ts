const NAMES: Readonly<Record<string, string>> = {
  S: 'SYN',
  F: 'FIN',
  R: 'RST',
  P: 'PSH',
  U: 'URG',
  E: 'ECE',
  W: 'CWR',
  e: 'AE',
  '.': 'ACK',
};

/**
 * Spells the TCP flags that `tcpdump` prints as letters.
 *
 * @example
 * tcpFlagNames('S.') // 'SYN, ACK'
 */
export function tcpFlagNames(letters: string): string {
  return letters === 'none' ? '' : [...letters].flatMap((letter) => NAMES[letter] ?? []).join(', ');
}
