import { describe, expect, it } from 'vitest';
import { type InterceptionPort, interceptionPorts, MAX_EXEMPTIONS } from './interception-ports.ts';
import { parseRuleset } from './parse-ruleset.ts';
import { readFixture } from './testing/read-fixture.ts';

const portsOf = (name: string): InterceptionPort[] =>
  interceptionPorts(parseRuleset(readFixture(name)));

const short = ({ direction, port, method, protocol, basis }: InterceptionPort): string =>
  `${direction} ${port} ${method} ${protocol} by ${basis}`;

describe('interceptionPorts', () => {
  it('gives the same for one ruleset in three forms, but for what JSON does not print', () => {
    const byRules = ['inbound 15006 redirect tcp by rules', 'outbound 15001 redirect tcp by rules'];
    const save = portsOf('lab-43301-rstdrop/iptables-save-c.txt');
    const text = portsOf('lab-43301-rstdrop/nft-list-ruleset.txt');
    const json = portsOf('lab-43301-rstdrop/nft-list-ruleset.json');
    expect(save.map(short)).toEqual(byRules);
    expect(text.map(short)).toEqual(byRules);
    expect(json.map(short)).toEqual(
      byRules.map((line) => line.replace('by rules', 'by well-known')),
    );
  });

  it('names the rule, the way to it and the traffic that is left alone', () => {
    const [inbound, outbound] = portsOf('lab-43301-rstdrop/iptables-save-c.txt');
    expect(inbound?.chains).toEqual(['PREROUTING', 'ISTIO_INBOUND', 'ISTIO_IN_REDIRECT']);
    expect(inbound?.exemptions.map(({ match }) => match.dport)).toEqual([
      '15008',
      '15090',
      '15021',
      '15020',
    ]);
    // The line of `-A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports 15001`, by grep -n.
    expect(outbound?.from?.line).toBe(35);
    expect(outbound?.exemptions.map(({ match }) => match)).toEqual([
      { src: '127.0.0.6', out: 'lo' },
      { out: 'lo', '!uid': '1337' },
      { uid: '1337' },
      { dst: '127.0.0.1' },
    ]);
  });

  it('tells the capture of DNS from that of TCP', () => {
    const expected = [
      'inbound 15006 redirect tcp by rules',
      'outbound 15001 redirect tcp by rules',
      'outbound 15053 redirect tcp by rules',
      'outbound 15053 redirect udp by rules',
    ];
    for (const form of ['iptables-save-c', 'iptables-legacy-save-c', 'nft-a-list-ruleset']) {
      expect(portsOf(`istio/${form}.txt`).map(short).sort()).toEqual(expected);
    }
    for (const form of ['S', 'S-v', 'nvL']) {
      expect(portsOf(`istio/iptables-t-nat-${form}.txt`).map(short).sort()).toEqual(expected);
    }
  });

  it('reads IPv6 rules in each form', () => {
    const expected = ['inbound 15006', 'outbound 15001'];
    for (const name of ['ip6tables-save.txt', 'ip6tables-t-nat-nvL.txt']) {
      const found = portsOf(`istio/${name}`).map(({ direction, port }) => `${direction} ${port}`);
      expect(found.sort()).toEqual(expected);
    }
  });

  it('reads TPROXY in each form', () => {
    const inbound = 'inbound 15006 tproxy tcp by';
    expect(portsOf('istio-tproxy/iptables-save-c.txt').map(short)).toContain(`${inbound} rules`);
    expect(portsOf('istio-tproxy/iptables-t-mangle-nvL.txt').map(short)).toContain(
      `${inbound} rules`,
    );
    expect(portsOf('istio-tproxy/nft-list-ruleset.txt').map(short)).toContain(
      `${inbound} well-known`,
    );
  });

  it('knows the chains of Linkerd', () => {
    const expected = ['inbound 4143 redirect tcp by rules', 'outbound 4140 redirect tcp by rules'];
    expect(portsOf('linkerd/iptables-save-c.txt').map(short)).toEqual(expected);
    expect(portsOf('linkerd/nft-list-ruleset.txt').map(short)).toEqual(expected);
    const json = portsOf('linkerd/nft-j-list-ruleset.json').map(({ port }) => port);
    expect(json.sort()).toEqual([4140, 4143]);
  });

  it('follows goto, lists ports of a range, and reads dnat and tproxy of nft', () => {
    const expected = [
      'inbound 15006 redirect tcp by rules',
      'inbound 15007 tproxy tcp by rules',
      'outbound 15001 redirect tcp by rules',
      'outbound 15002 redirect tcp by rules',
      'outbound 15053 dnat udp by rules',
    ];
    expect(portsOf('native/nft-a-list-ruleset.txt').map(short).sort()).toEqual(expected);
    expect(portsOf('native/nft-j-list-ruleset.json').map(short).sort()).toEqual(expected);
  });

  it('leaves out NAT to other hosts, a redirect that nothing leads to, and one without a port', () => {
    const text = [
      '*nat',
      '-A OUTPUT -d 10.96.0.1/32 -p tcp -j DNAT --to-destination 10.244.0.2:8080',
      '-A OUTPUT -p tcp -j DNAT --to-destination 127.0.0.1',
      '-A OUTPUT -p tcp -j REDIRECT',
      '-A UNUSED -p tcp -j REDIRECT --to-ports 15001',
      '-A OUTPUT -p tcp -j DNAT --to-destination [::1]:15002',
      'COMMIT',
    ].join('\n');
    expect(interceptionPorts(parseRuleset(text)).map(short)).toEqual([
      'outbound 15002 dnat tcp by rules',
    ]);
  });

  it('does not follow a jump for another protocol', () => {
    const text =
      '*nat\n-A OUTPUT -p udp -j TO_PROXY\n-A TO_PROXY -p tcp -j REDIRECT --to-ports 15001\nCOMMIT\n';
    expect(interceptionPorts(parseRuleset(text))).toEqual([]);
  });

  it('goes by the well-known ports where no rules are known', () => {
    expect(interceptionPorts(null).map(short)).toEqual([
      'outbound 15001 redirect tcp by well-known',
      'inbound 15006 redirect tcp by well-known',
      'inbound 15008 redirect tcp by well-known',
      'outbound 4140 redirect tcp by well-known',
      'inbound 4143 redirect tcp by well-known',
    ]);
    expect(interceptionPorts(null).every(({ from }) => from === null)).toBe(true);
  });

  it('ends on chains that jump to each other, and bounds what it lists', () => {
    const loop = '-A A -j B\n-A B -j A\n-A OUTPUT -j A\n';
    const returns = '-A B -p tcp -m tcp --dport 1 -j RETURN\n'.repeat(MAX_EXEMPTIONS + 1);
    const text = `*nat\n${loop}${returns}-A B -p tcp -j REDIRECT --to-ports 1000-2000\nCOMMIT\n`;
    const ports = interceptionPorts(parseRuleset(text));
    expect(ports.length).toBe(64);
    expect(ports[0]?.exemptions.length).toBe(MAX_EXEMPTIONS);
  });
});
