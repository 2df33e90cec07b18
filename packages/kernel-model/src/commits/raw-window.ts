import type { Commit } from '../commit.ts';

/** Remember the window as it was on the wire, not scaled. */
export const rawWindow: Commit = {
  name: 'raw-window',
  hash: '959b69ef57db',
  title: 'Remember the window as it was on the wire, not scaled',
  side: 'tracker',
  since: '5.3',
  backports: [
    { line: '5.2', from: 9, lastWithout: 8, basis: 'assumed' },
    { line: '4.19', from: 79, lastWithout: 0, basis: 'recorded' },
    { line: '4.14', from: null, lastWithout: 0, basis: 'assumed' },
    { line: 'el8', from: 240, lastWithout: 147, basis: 'read-in-source' },
  ],
  effect:
    'A repeated ACK is recognised as a repetition even when the window is scaled, so max_retrans counts what it should; a zero window is judged by the raw field.',
  basis: 'read-in-source',
};
