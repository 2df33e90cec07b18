import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNetfilterLog } from './parse-netfilter-log.ts';

const head = '[  1.0] X: IN= OUT=eth0 SRC=10.0.0.1 DST=10.0.0.2';
const ip = `${head} LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=77 DF`;
const whole = `${ip} PROTO=TCP SPT=44410 DPT=7777 WINDOW=490 RES=0x00 ACK FIN URGP=0`;

function complaints(text: string): string[] {
  return parseNetfilterLog(text).diagnostics.map(
    ({ severity, line, column, message }) => `${severity} ${line}:${column} ${message}`,
  );
}

describe('a LOG line that was cut', () => {
  it('is kept with what is certain: a number that the cut touches may have lost digits', () => {
    const table = parseNetfilterLog(`${ip} PROTO=TCP SPT=44410 DPT=77`);
    expect(table.at(0)).toMatchObject({ sport: 44410, dport: null, cut: true, flags: null });
    expect(complaints(`${ip} PROTO=TCP SPT=44410 DPT=77`)).toEqual([
      'warning 1:113 expected URGP=, found "DPT=77"',
    ]);
  });

  it('is refused where an address is missing, cut or hidden', () => {
    expect(complaints('[  1.0] X: IN= OUT=eth0 SRC=10.0.0.1 DST=10.0.0')).toEqual([
      'error 1:48 expected an address behind DST=, found the end of the line',
    ]);
    expect(complaints('[  1.0] X: IN=eth0 OUT=')).toEqual([
      'error 1:24 expected SRC= and DST=, found the end of the line',
    ]);
    expect(complaints(`${head.replace('10.0.0.2', 'xxx.xxx.xxx.xxx')} PROTO=47 `)).toEqual([
      'error 1:42 expected an address behind DST=, found "xxx.xxx.xxx.xxx"',
    ]);
    expect(complaints(`${head.replace('10.0.0.1', '10.0.0.256')} PROTO=47 `)).toEqual([
      'error 1:29 expected an address behind SRC=, found "10.0.0.256"',
    ]);
  });

  it('at its front is kept with a warning', () => {
    const [record] = parseNetfilterLog(whole.slice(whole.indexOf('SRC=')));
    expect(record).toMatchObject({ in: null, out: null, prefix: '', dport: 7777 });
    expect(complaints(whole.slice(whole.indexOf('SRC=')))).toHaveLength(1);
  });

  it('anywhere gives no value that the whole line does not have', () => {
    const expected = parseNetfilterLog(`${whole} `).at(0);
    const { cut: _, source: __, flags: flagsExpected, ...fields } = expected;
    fc.assert(
      fc.property(fc.integer({ min: head.length + 1, max: whole.length }), (length) => {
        const table = parseNetfilterLog(whole.slice(0, length));
        if (table.length === 0) return;
        const { cut, source, flags, ...kept } = table.at(0);
        for (const [name, value] of Object.entries(kept)) {
          if (value !== null) expect([name, value]).toEqual([name, fields[name as 'len']]);
        }
        for (const letter of flags ?? '') expect(flagsExpected).toContain(letter);
      }),
    );
  });

  it('by the kernel is whole', () => {
    expect(complaints(`${ip} PROTO=TCP INCOMPLETE [4 bytes] `)).toEqual([]);
    expect(complaints(`${head} LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=1 TRUNCATED`)).toEqual([]);
  });
});

describe('a LOG line that a person has touched', () => {
  it('may have remarks behind it', () => {
    expect(complaints(`${whole} <-- this RST, see above`)).toEqual([
      `hint 1:${whole.length + 2} expected a field of a LOG line, found "<-- this RST, see above"`,
    ]);
    expect(parseNetfilterLog(`${whole} <-- this RST, see above`).at(0).flags).toBe('FA');
  });

  it('may have lost its line in a mail', () => {
    const broken = whole.replace(' SRC=', '\nSRC=').replace(' WINDOW=', '\n  WINDOW=');
    const table = parseNetfilterLog(`${broken}\n${whole}\n`);
    expect(table.length).toBe(2);
    expect(table.diagnostics.filter(({ severity }) => severity !== 'hint')).toEqual([]);
    expect(table.at(0)).toMatchObject({ win: 490, flags: 'FA', source: { line: 1, start: 0 } });
    expect(table.at(1).source.line).toBe(4);
  });

  it('may have lost fields and odd blanks', () => {
    const text =
      'nf_ct_proto_6: invalid tcp flag combination SRC=10.0.2.1  DST=10.0.96.7 LEN=1040 PROTO=TCP SPT=5723 DPT=443 ';
    expect(parseNetfilterLog(text).at(0)).toMatchObject({
      prefix: 'nf_ct_proto_6: ',
      reason: 'invalid tcp flag combination',
      dport: 443,
      cut: true,
    });
    expect(parseNetfilterLog(text).diagnostics.map(({ severity }) => severity)).toEqual([
      'warning',
      'hint',
      'warning',
    ]);
  });

  it('keeps the others where one number is no number', () => {
    const table = parseNetfilterLog(whole.replace('TTL=64', 'TTL=640').replace('ID=77', 'ID=x'));
    expect(table.at(0)).toMatchObject({ ttl: null, ipId: null, dport: 7777 });
    expect(table.diagnostics.map(({ severity, found }) => [severity, found])).toEqual([
      ['warning', '"640"'],
      ['warning', '"x"'],
    ]);
  });
});
