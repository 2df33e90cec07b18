import { type CapturedFile, type Incident, readIncidents } from '@tuplescope/incident';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { makeReport } from './make-report.ts';
import { renderText } from './render-text.ts';
import { active, CONNECTING, ENTRY, file, pod, staleRow } from './testing/incidents.ts';

const lines = (incidents: readonly Incident[], width = 100, color = false): string[] =>
  renderText(makeReport(incidents, '1'), incidents, { color, width }).split('\n');

const read = (files: readonly CapturedFile[]): Incident[] => readIncidents(files);

/** What is never broken: a command, a place, an address of a page. */
const isWhole = (line: string): boolean => /^ {5}\$ |^ {2}\S+:\d+|^ {2}https?:/.test(line);

describe('renderText', () => {
  it('begins with the state, the port, both processes and the service', () => {
    const [first, second] = lines(active());
    expect(`${first} ${second?.trim()}`).toBe(
      'ACTIVE  Port 44410 collides: app (pid 260, fd 3) cannot connect to 172.21.206.198:7777, because its SYN meets a stale socket of envoy (pid 112, fd 4).',
    );
  });

  it('points at each record with its line and the line itself', () => {
    const text = lines(active());
    const at = text.indexOf('  pod/ss.txt:2');
    expect(text[at + 1]).toBe(
      '    The stale socket: FIN-WAIT-2, 127.0.0.1:15001 ↔ 172.29.73.7:44410.',
    );
    expect(text[at + 2]).toMatch(/^ {4}│ tcp FIN-WAIT-2 0 0 127\.0\.0\.1:15001 .*…$/);
  });

  it('gives commands whole, each on a line of its own', () => {
    expect(lines(active(), 40)).toContain(
      '     $ nsenter -t 112 -n ss -K state fin-wait-2 src 127.0.0.1:15001 dst 172.29.73.7:44410',
    );
  });

  it('says once what helps and what is missing', () => {
    const text = lines(active());
    const times = (part: string): number => text.filter((line) => line.includes(part)).length;
    expect(times('Close the stale socket now')).toBe(1);
    expect(times('$ nsenter -t 112 -n nstat -zas')).toBe(1);
    expect(times('What is said above.')).toBe(1);
  });

  it('ends with the kernel, the rules and what was read', () => {
    const text = lines([...active()], 200);
    expect(text.find((line) => line.startsWith('Kernel'))).toContain('5.19.0, profile');
    expect(text.find((line) => line.startsWith('Rules'))).toContain('are assumed: 15001');
    expect(text.find((line) => line.startsWith('Read'))).toBe(
      'Read     3 outputs in 3 files, 1 snapshot.',
    );
    expect(text.at(-1)).toBe('');
  });

  it('names what was not read, and where lines were not understood', () => {
    const more = [file('pod/core', 'ELF'), file('pod/z.txt', `${ENTRY}tcp 6 damaged\n`)];
    const text = lines(read([...pod(staleRow()), ...more]), 200);
    expect(text.find((line) => line.startsWith('Read'))).toContain('Not read: pod/core.');
    expect(text.find((line) => line.startsWith('Trouble'))).toContain('pod/z.txt:2');
  });

  it('tells namespaces apart', () => {
    const pods = [
      ...pod(staleRow(), '', 'dump/pod-a'),
      ...pod(staleRow() + CONNECTING, undefined, 'dump/pod-b'),
    ];
    const text = lines(read(pods), 300);
    expect(text.filter((line) => line.includes('half-closed-leak · pod-'))).toHaveLength(2);
    expect(text.filter((line) => /^Kernel {3}pod-[ab]: 5\.19\.0/.test(line))).toHaveLength(2);
  });

  it('says that nothing was found, and what would have shown it', () => {
    const both = lines(read(pod('')));
    expect(both[0]).toBe(
      'Nothing collides: none of the known kinds of collision is in what was read.',
    );
    const [sockets] = lines(read(pod('').filter(({ path }) => path.includes('ss'))));
    expect(sockets).toContain('no conntrack listing could be read');
    const [kernel] = lines(read(pod('').filter(({ path }) => path.includes('uname'))));
    expect(kernel).toContain('neither a socket listing nor a conntrack listing could be read');
  });

  it('keeps to the width, but for what must not be broken', () => {
    for (const width of [40, 60, 80, 110]) {
      const long = lines(active(), width).filter((line) => stringWidth(line) > width);
      expect(long.filter((line) => !isWhole(line))).toEqual([]);
    }
  });

  it('counts wide characters as two columns', () => {
    const quoted = lines(active('名前名前名前名前名前名前名前'), 80).filter((line) =>
      line.includes('│'),
    );
    expect(quoted.length).toBeGreaterThan(0);
    expect(quoted.every((line) => stringWidth(line) <= 80)).toBe(true);
  });

  it('has no escape sequence without colour, and the same words with it', () => {
    const plain = lines(active()).join('\n');
    const coloured = lines(active(), 100, true).join('\n');
    expect(plain).not.toContain('\u001b');
    expect(coloured).toContain('\u001b[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
    expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(plain);
  });

  it('lets no name of a process or a file steer the terminal', () => {
    const names = ['\u001b[2J', 'a\u202eb', '\u009b31m', 'x\u0007'];
    for (const name of names) {
      const hostile = read([
        ...pod(staleRow(name) + CONNECTING),
        file(`pod/${name}.txt`, `not known ${name}`),
      ]);
      for (const color of [false, true]) {
        const text = lines(hostile, 100, color).join('\n');
        expect(text).toContain(name.includes('a') ? 'a\\u202eb' : '\\x');
        // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are the ones allowed
        const bare = text.replaceAll(/\u001b\[(?:1|2|4|22|24|31|32|33|36|39)m/g, '');
        expect(bare).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/u);
      }
    }
  });

  it('shows the worst of very many findings and points, and says how many there are more', () => {
    const ports = Array.from({ length: 60 }, (_, i) => 40_000 + i);
    const rows = ports.map((port) => staleRow('envoy', port)).join('');
    const text = lines(read(pod(rows, '')), 200);
    expect(text.some((line) => line.includes('60 stale sockets for 60 client ports'))).toBe(true);
    expect(text.find((line) => line.includes('… and'))).toContain('--format json has them all');
    expect(text.length).toBeLessThan(150);
  });
});
