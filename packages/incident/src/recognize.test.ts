import { toBytes } from '@tuplescope/scan';
import { describe, expect, it } from 'vitest';
import { recognize } from './recognize.ts';

const named = (path: string, text: string) => recognize(toBytes(text), { path, command: null });
const printed = (command: string, text: string) =>
  recognize(toBytes(text), { path: 'notes.md', command });

describe('recognize', () => {
  it.each(['conntrack-L.txt', 'dump/conntrack.txt', 'proc_net_nf_conntrack'])(
    'takes an empty %s for a listing of nothing',
    (path) => expect(named(path, '')).toBe('conntrack'),
  );

  it.each([
    ...['conntrack-E.txt', 'conntrack-E-extended.txt', 'conntrack-S.txt'],
    ...['proc_net_stat_nf_conntrack', 'ss-s.txt', 'empty.txt'],
  ])('takes an empty %s for nothing: it says not that there were no entries', (path) =>
    expect(named(path, '')).toBe('unknown'),
  );

  it.each(['conntrack-L.txt.gz', 'dump/ss.txt.xz', 'conntrack.zst'])(
    'takes an empty %s, which comes unpacked, for what its name without the ending is',
    (path) => expect(named(path, '')).not.toBe('unknown'),
  );

  it('takes a number for a count of entries where the name or the command says so', () => {
    expect(named('conntrack-C.txt', '7\n')).toBe('conntrack-statistics');
    expect(printed('sudo conntrack -C', '7\n')).toBe('conntrack-statistics');
    expect(printed('conntrack --count', '7\n')).toBe('conntrack-statistics');
    expect(named('answer.txt', '7\n')).toBe('unknown');
    expect(named('conntrack-C.txt', '')).toBe('unknown');
  });

  it('takes no output of ss for a listing of nothing, of ss -s for nothing', () => {
    expect(printed('ss -tanp', '')).toBe('ss');
    expect(printed('ss -s', '')).toBe('unknown');
  });

  it('takes a release of numbers alone for one where the name or the command says so', () => {
    expect(printed('uname -r', '5.19.0\n')).toBe('uname');
    expect(named('uname-r.txt', '5.19.0\n')).toBe('uname');
    expect(named('version.txt', '5.19.0\n')).toBe('unknown');
    expect(printed('uname -r', 'uname: command not found\n')).toBe('unknown');
  });
});
