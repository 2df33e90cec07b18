import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { classifyPastedLine, commandAtPrompt, type PastedLine } from './pasted-line.ts';
import { toBytes } from './text.ts';

function classify(line: string): PastedLine | null {
  const bytes = toBytes(line);
  return classifyPastedLine(bytes, 0, bytes.length);
}

function commandOf(line: string): string | null {
  const bytes = toBytes(line);
  return commandAtPrompt(bytes, 0, bytes.length);
}

const PROMPTS = [
  ...['$', '%', '>', 'root@pod:/#', '[root@node ~]#', 'fortio-0:/ $', 'sle:/proc/sys #', '~/a $'],
  ...['/ #', 'sh-4.4$', '(base) me@host:~/x$', 'root [ ~ ]#', 'me@mac ~ %', 'host%', 'mysql>'],
];

describe('commandAtPrompt', () => {
  it.each([...PROMPTS, '#'])('gives the command after %s', (prompt) => {
    expect(commandOf(`${prompt} iptables -S`)).toBe('iptables -S');
    expect(commandOf(`  ${prompt}  iptables -S  `)).toBe('iptables -S');
  });

  it.each([
    ...[
      '',
      '$',
      '# ',
      '[0:0] -A X',
      '-A X -j Y',
      'a, b $ c',
      '[root@node',
      '#comment',
      'a = b # c',
    ],
    ...['50% packet loss', '5 % of all', 'IP localhost.http > localhost.4000: Flags', '<-> x'],
    ...['one two three $ four', '-> here', `${'x'.repeat(200)}$ ss`],
  ])('takes no prompt out of %j', (line) => {
    expect(commandOf(line)).toBeNull();
  });
});

describe('classifyPastedLine', () => {
  it.each(PROMPTS)('knows the prompt %s and its command', (prompt) => {
    expect(classify(`${prompt} ss -tan`)).toBe('command');
  });

  it.each([
    ['command', 'root@pod:/#'],
    ['command', '$'],
    ['command', 'sudo ss -tan'],
    ['command', 'kubectl exec -it pod -- ss -tan'],
    ['command', 'nsenter -t 42 -n ss -tan'],
    ['comment', '#'],
    ['comment', '# tcp 6 108 SYN_SENT'],
    ['comment', '#commented'],
    ['watch-header', 'Every 1.0s: ss -tan      node: Sat Feb  4 16:46:40 2023'],
    ['watch-header', 'Every 2,0s: ss'],
    ['ruler', '...'],
    ['ruler', '…'],
    ['ruler', '[...]'],
    ['ruler', '--'],
    ['ruler', '------------'],
    ['ruler', '=== node 1 ==='],
    ['ruler', '```console'],
    ['ruler', '→ ↓'],
    ['ruler', '^^^^^^'],
    ['interrupt', '^C'],
    ['message', 'Defaulted container "istio-proxy" out of: istio-proxy, istio-init (init)'],
    ['message', 'command terminated with exit code 1'],
    ['message', 'bash: ss: command not found'],
  ] as const)('takes for a %s: %j', (kind, line) => {
    expect(classify(line)).toBe(kind);
    expect(classify(`\t ${line} `)).toBe(kind);
  });

  it.each([
    ...['', ' ', '.', '}', 'tcp', '12 34', 'the counters were fine at noon', 'Every day: ss'],
    ...['Every : x', '^Cx', '<->', '{"kernel":{', '*nat', ':INPUT ACCEPT [0:0]', 'a=b'],
    ...['tcp      6 54 CLOSE src=10.0.0.1', 'ESTAB 0 0 10.0.0.1:80 10.0.0.2:4000', '*:*'],
    ...['IP 10.0.0.1.40000 > 10.0.0.2.80: Flags [S], seq 7', 'IP6 fe80::1.80 > fe80::a.4: Flags'],
    ...['TcpExtTCPChallengeACK           140                0.0', 'net.ipv4.tcp_rmem = 4096'],
    ...['-A OUTPUT -p tcp -j REDIRECT', 'tcp dport 80 counter accept # handle 5'],
  ])('leaves %j to the parser', (line) => {
    expect(classify(line)).toBeNull();
  });

  it('looks at no byte outside of its range', () => {
    const bytes = toBytes('x# ss\n');
    expect(classifyPastedLine(bytes, 1, 5)).toBe('comment');
    expect(classifyPastedLine(bytes, 1, 1)).toBeNull();
    expect(classifyPastedLine(bytes, 0, 1)).toBeNull();
  });

  it('never throws, and gives one of its kinds', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const kind = classifyPastedLine(bytes, 0, bytes.length);
        expect(kind === null || typeof kind === 'string').toBe(true);
      }),
    );
    expectTypeOf(classifyPastedLine).returns.toEqualTypeOf<PastedLine | null>();
  });
});
