import { toBytes } from '@tuplescope/scan';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CUT, MALFORMED, readUsers, type SsProcess } from './users.ts';

function read(text: string): SsProcess[] | number {
  const bytes = toBytes(text);
  const found: SsProcess[] = [];
  const end = readUsers(bytes, 0, bytes.length, found);
  return end === bytes.length ? found : end;
}

describe('readUsers', () => {
  it('reads a list', () => {
    expect(read('("nginx",pid=7,fd=3),("nginx",pid=8,fd=3))')).toEqual([
      { name: 'nginx', pid: 7, fd: 3 },
      { name: 'nginx', pid: 8, fd: 3 },
    ]);
  });

  it('reads threads and security contexts, with the commas of a context', () => {
    expect(read('("a",pid=7,tid=9,proc_ctx=u:r:t:s0:c1,c2,fd=3,sock_ctx=x:y))')).toEqual([
      { name: 'a', pid: 7, tid: 9, proc_ctx: 'u:r:t:s0:c1,c2', fd: 3, sock_ctx: 'x:y' },
    ]);
  });

  it('undoes the escapes of a new ss', () => {
    expect(read('("a\\042b\\\\c",pid=7,fd=3))')).toEqual([{ name: 'a"b\\c', pid: 7, fd: 3 }]);
  });

  it('says where the text was cut, and where it is something else', () => {
    expect(read('("envo')).toBe(CUT);
    expect(read('("envoy",pid=5')).toBe(CUT);
    expect(read('("envoy",pid=5,fd=1)')).toBe(CUT);
    expect(read('("a name longer than any command")')).toBe(MALFORMED);
    expect(read('envoy')).toBe(MALFORMED);
  });

  it('reads any name that a process can have, printed raw', () => {
    const name = fc
      .array(fc.constantFrom(...'ab"(),=\' pidf1.'), { minLength: 1, maxLength: 15 })
      .map((letters) => letters.join(''))
      // A name that reads as a process itself cannot be told from one.
      .filter((text) => !/",pid=\d+,fd=\d+\)/.test(text));
    fc.assert(
      fc.property(name, fc.nat(), fc.nat({ max: 1e6 }), (text, pid, fd) => {
        expect(read(`("${text}",pid=${pid},fd=${fd}))`)).toEqual([{ name: text, pid, fd }]);
      }),
    );
  });
});
