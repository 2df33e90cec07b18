import { toBytes, WHOLE_INPUT } from '@tuplescope/scan';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBlock } from './parse-block.ts';

/** More than the common reader leaves to the careful one at the end of an input. */
const ENOUGH = 1100;

const maybe = (part: fc.Arbitrary<string>) => fc.oneof(part, fc.constant(''));
const number = (most: number) => fc.integer({ min: 0, max: most }).map(String);
const ipv6 = fc.constantFrom('fd00::1', '::', '2001:db8::a:b', '::ffff:10.0.0.1', 'fe80:0:0:0::1');
const address = fc.oneof({ weight: 5, arbitrary: fc.ipV4() }, { weight: 1, arbitrary: ipv6 });
const ports = fc.tuple(number(65535), number(65535)).map(([a, b]) => `sport=${a} dport=${b} `);
const echo = fc
  .tuple(number(255), number(255), number(65535))
  .map(([type, code, id]) => `type=${type} code=${code} id=${id} `);
const counters = maybe(
  fc.tuple(number(9e15), number(1e6)).map(([p, b]) => `packets=${p} bytes=${b} `),
);
const tuple = (fields: fc.Arbitrary<string>) =>
  fc.tuple(address, address, fields, counters).map(([a, b, f, c]) => `src=${a} dst=${b} ${f}${c}`);
const state = fc.constantFrom(
  ...['ESTABLISHED', 'TIME_WAIT', 'CLOSE', 'CLOSE_WAIT', 'SYN_SENT', 'SYN_SENT2', 'SYN_RECV'],
  ...['FIN_WAIT', 'LAST_ACK', 'NONE'],
);
const time = maybe(
  fc
    .tuple(
      fc.integer({ min: 0, max: 9_000_000_000 }),
      fc.nat({ max: 999999 }),
      fc.constantFrom(6, 0),
    )
    .map(([s, us, digits]) => `[${s}.${String(us).padStart(digits, '0')}]\t`),
);
const event = fc.constantFrom('    [NEW] ', ' [UPDATE] ', '[DESTROY] ', '', '');
const network = fc.constantFrom('ipv4     2 ', 'ipv6     10 ', '');
const head = fc.tuple(time, event, network).map((texts) => texts.join(''));
const timeout = maybe(number(0xffffffff).map((seconds) => `${seconds} `));
const flag = fc.constantFrom('[ASSURED] ', '[OFFLOAD] ', '[HW_OFFLOAD] ', '');
const tail = fc
  .tuple(
    maybe(number(0xffffffff).map((mark) => `mark=${mark} `)),
    maybe(fc.constantFrom('secctx=system_u:object_r:unlabeled_t:s0 ', 'secctx=é ')),
    maybe(number(65535).map((zone) => `zone=${zone} `)),
    maybe(number(99999).map((age) => `delta-time=${age} `)),
    maybe(number(9).map((use) => `use=${use} `)),
    maybe(number(0xffffffff).map((id) => `id=${id} `)),
  )
  .map((fields) => fields.join(''));

function entry(name: string, fields: fc.Arbitrary<string>, states: fc.Arbitrary<string>) {
  const unreplied = maybe(fc.constant('[UNREPLIED] '));
  const parts = [head, fc.constant(name), timeout, states, tuple(fields), unreplied, tuple(fields)];
  return fc.tuple(...parts, flag, tail).map((texts) => texts.join('').trimEnd());
}

const line = fc.oneof(
  { weight: 4, arbitrary: entry('tcp      6 ', ports, maybe(state.map((name) => `${name} `))) },
  { weight: 2, arbitrary: entry('udp      17 ', ports, fc.constant('')) },
  { weight: 1, arbitrary: entry('icmp     1 ', echo, fc.constant('')) },
);

/** A line as it is, with one byte replaced, taken out or put in, or with a word twice. */
const damagedLine = fc
  .tuple(line, fc.nat(), fc.constantFrom(..."0 =[]:.az\n'-\t"), fc.constantFrom(0, 1, 2, 3, 4))
  .map(([text, place, character, how]) => {
    const at = place % (text.length + 1);
    if (how === 0) return text;
    if (how === 4) return `${text}${text.slice(text.lastIndexOf(' ', at))}`;
    const rest = text.slice(how === 3 ? at : at + 1);
    return text.slice(0, at) + (how === 2 ? '' : character) + rest;
  });

describe('the common reader', () => {
  it('reads what the careful reader reads, and leaves the rest to it', () => {
    const end = fc.constantFrom('\n', '\r\n', '\n\n', ' \n');
    const input = fc.array(fc.tuple(damagedLine, end), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(input, (lines) => {
        const text = lines.flat().join('') + '\n'.repeat(ENOUGH);
        const bytes = toBytes(text);
        const fast = parseBlock(bytes, WHOLE_INPUT, {});
        const careful = parseBlock(bytes, WHOLE_INPUT, {}, true);
        expect([...fast]).toEqual([...careful]);
        expect(fast.diagnostics).toEqual(careful.diagnostics);
      }),
      { numRuns: 500 },
    );
  });

  it('reads every entry that it should: those of the shape have no diagnostics', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 2, maxLength: 6 }), (lines) => {
        const table = parseBlock(toBytes(lines.join('\n')), WHOLE_INPUT, {});
        expect(table.length).toBe(lines.length);
        expect(table.diagnostics).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('finds room for more entries than the first lines promise', () => {
    const long = `tcp      6 9 CLOSE src=1.1.1.1 dst=2.2.2.2 sport=1 dport=2 src=2.2.2.2 dst=1.1.1.1 sport=2 dport=1 secctx=${'x'.repeat(200)} use=1\n`;
    const short =
      'udp      17 src=1.1.1.1 dst=2.2.2.2 sport=1 dport=2 src=2.2.2.2 dst=1.1.1.1 sport=7 dport=9\n';
    const table = parseBlock(toBytes(long.repeat(300) + short.repeat(9001)), WHOLE_INPUT, {});
    expect(table.length).toBe(9301);
    for (let row = 300; row < 9301; row++) {
      expect(table.portAt(row, 'replySrc')).toBe(7);
      expect(table.portAt(row, 'replyDst')).toBe(9);
    }
    expect(table.at(9300).source.line).toBe(9301);
  });
});
