import { describe, expect, it } from 'vitest';
import { OtherLines } from './other-lines.ts';
import { toBytes } from './text.ts';

const bytes = toBytes('ARP, Request\nUDP, length 8\n');
const origin = { line: 10, offset: 700 };

describe('OtherLines', () => {
  it('has nothing to say of nothing, and says one as it is', () => {
    const others = new OtherLines('TCP packets only', 'packets that are not TCP');
    expect(others.hint()).toBeNull();
    others.add(bytes, origin, { line: 1, lineStart: 0, start: 0, end: 12 });
    expect(others.hint()).toEqual({
      ...{ severity: 'hint', line: 10, column: 1, start: 700, end: 712 },
      ...{ expected: 'TCP packets only', found: '"ARP, Request"' },
      message: 'expected TCP packets only, found "ARP, Request"',
    });
  });

  it('counts many at the place of the first', () => {
    const others = new OtherLines('TCP packets only', 'packets that are not TCP');
    others.add(bytes, origin, { line: 1, lineStart: 0, start: 0, end: 12 });
    others.add(bytes, origin, { line: 2, lineStart: 13, start: 13, end: 26 });
    expect(others.hint()).toMatchObject({
      line: 10,
      message:
        'expected TCP packets only, found 2 packets that are not TCP, the first of them "ARP, Request"',
    });
  });
});
