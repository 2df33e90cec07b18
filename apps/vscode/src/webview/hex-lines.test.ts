import { expect, it } from 'vitest';
import { hexLines } from './hex-lines.ts';

it('writes bytes as tcpdump -X does: offset, hex, text', () => {
  const bytes = new TextEncoder().encode('GET / HTTP/1.1\r\nHost');
  expect(hexLines(bytes)).toEqual([
    '0000  47 45 54 20 2f 20 48 54  54 50 2f 31 2e 31 0d 0a  GET / HTTP/1.1..',
    '0010  48 6f 73 74                                       Host',
  ]);
});

it('shows the beginning of a packet that is too long to read', () => {
  const lines = hexLines(new Uint8Array(65_536));
  expect(lines).toHaveLength(257);
  expect(lines.at(-1)).toBe('…');
});

it('has nothing to show of nothing', () => {
  expect(hexLines(new Uint8Array())).toEqual([]);
});
