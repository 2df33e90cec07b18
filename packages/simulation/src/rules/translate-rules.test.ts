import { describe, expect, it } from 'vitest';
import { ofKind } from '../captures.ts';
import { file, incidentOf, recording } from '../testing/incidents.ts';
import { type TranslatedRules, translateRules } from './translate-rules.ts';

function translate(text: string, address = '10.0.0.1', path = 'rules.txt'): TranslatedRules {
  const incident = incidentOf([file(path, text)]);
  return translateRules(ofKind(incident.captures, 'ruleset'), [address]);
}

/** A table with these rules, as iptables-save prints it. */
function table(name: string, ...rules: string[]): string {
  const chains = [...new Set(rules.map((rule) => rule.split(' ')[1] ?? ''))];
  const heads = chains.map((chain) =>
    /^[A-Z]+$/.test(chain) && chain.endsWith('PUT')
      ? `:${chain} ACCEPT [0:0]`
      : `:${chain} - [0:0]`,
  );
  return `*${name}\n${heads.join('\n')}\n${rules.join('\n')}\nCOMMIT\n`;
}

const LAB = recording('6.18.44-lab-rstdrop');
const labOf = (name: RegExp): TranslatedRules => {
  const incident = incidentOf(LAB.filter(({ path }) => name.test(path)));
  return translateRules(ofKind(incident.captures, 'ruleset'), ['10.77.0.1']);
};

/** Istio's chains at OUTPUT, written out by hand from what the rules say. */
const ISTIO_OUTPUT = [
  {
    hook: 'output',
    match: { src: '127.0.0.6', interface: 'lo' },
    action: { kind: 'accept' },
  },
  {
    hook: 'output',
    match: { interface: 'lo', owner: 1337 },
    except: [{ dst: '127.0.0.1' }, { dport: 15008 }],
    action: { kind: 'redirect', port: 15006 },
  },
  {
    hook: 'output',
    match: { interface: 'lo' },
    except: [{ owner: 1337 }],
    action: { kind: 'accept' },
  },
  { hook: 'output', match: { owner: 1337 }, action: { kind: 'accept' } },
  { hook: 'output', match: { dst: '127.0.0.1' }, action: { kind: 'accept' } },
  { hook: 'output', action: { kind: 'redirect', port: 15001 } },
];

describe('translateRules', () => {
  it.each([
    ['iptables-save -c', /iptables-save/],
    ['nft list ruleset', /nft-list/],
    ['both of them', /iptables-save|nft-list/],
  ])('writes the chains of Istio out, from %s (recorded on 6.18.44)', (_, name) => {
    const { nat, untranslated } = labOf(name);
    expect(nat.filter(({ hook }) => hook === 'output')).toEqual(ISTIO_OUTPUT);
    expect(untranslated).toEqual([]);
  });

  it('takes the rule that drops the RST with its flags', () => {
    expect(labOf(/iptables-save/).rules).toEqual([
      {
        hook: 'output',
        table: 'mangle',
        match: { dport: 7777, flags: 'R' },
        action: { kind: 'drop' },
      },
    ]);
  });

  it('follows a jump, and what returns from it', () => {
    const { rules } = translate(
      table(
        'filter',
        '-A OUTPUT -p tcp -j CHECK',
        '-A OUTPUT -d 10.0.0.9/32 -j DROP',
        '-A CHECK -m owner --uid-owner 5 -j RETURN',
        '-A CHECK -p tcp --dport 80 -j DROP',
      ),
    );
    const drop = { kind: 'drop' };
    expect(rules).toEqual([
      { hook: 'output', match: { dst: '10.0.0.9', owner: 5 }, action: drop },
      { hook: 'output', match: { owner: 5 }, action: { kind: 'accept' } },
      { hook: 'output', match: { dport: 80 }, action: drop },
      { hook: 'output', match: { dst: '10.0.0.9' }, action: drop },
    ]);
  });

  it('goes from an accepting chain to the next at the same hook', () => {
    const nft = `table inet a {
	chain out {
		type filter hook output priority filter; policy accept;
		tcp dport 80 accept
	}
}
table inet b {
	chain out {
		type filter hook output priority filter + 5; policy drop;
		tcp dport 80 ip daddr 10.0.0.9 drop
		tcp dport { 80, 443 } accept
	}
}
`;
    const { rules } = translate(nft);
    expect(rules.map(({ match, action }) => [action.kind, match])).toEqual([
      ['drop', { dst: '10.0.0.9', dport: 80 }],
      ['accept', { dport: 80 }],
      // By the policy of the second chain, for what the first accepts.
      ['drop', { dport: 80 }],
      ['accept', { dport: 80 }],
      ['drop', { dst: '10.0.0.9', dport: 80 }],
      ['accept', { dport: 80 }],
      ['accept', { dport: 443 }],
      ['drop', undefined],
    ]);
  });

  it('reads verdict maps, log prefixes with a verdict, and any of several flags', () => {
    const nft = `table inet f {
	chain in {
		type filter hook input priority filter; policy accept;
		ct state vmap { established : accept, invalid : drop }
		tcp flags fin,rst log prefix "closing: " drop
	}
}
`;
    expect(translate(nft).rules.map(({ match, action }) => [action, match])).toEqual([
      [{ kind: 'accept' }, { ctstate: ['ESTABLISHED'] }],
      [{ kind: 'drop' }, { ctstate: ['INVALID'] }],
      [{ kind: 'log', prefix: 'closing: ' }, { flags: 'F' }],
      [{ kind: 'drop' }, { flags: 'F' }],
      [{ kind: 'log', prefix: 'closing: ' }, { flags: 'R' }],
      [{ kind: 'drop' }, { flags: 'R' }],
    ]);
  });

  it('takes a packet that is not a bare SYN for one with FIN, RST or ACK', () => {
    const { rules } = translate(
      table('filter', '-A INPUT -p tcp ! --syn -m conntrack --ctstate NEW -j DROP'),
    );
    expect(rules.map(({ match }) => match)).toEqual([
      { flags: 'F', ctstate: ['NEW'] },
      { flags: 'R', ctstate: ['NEW'] },
      { flags: 'A', ctstate: ['NEW'] },
    ]);
  });

  it('makes mark, route and TPROXY one rule', () => {
    const { tproxy, untranslated } = translate(
      table(
        'mangle',
        '-A PREROUTING -p tcp -m mark --mark 0x1/0xff -j TPROXY --on-port 15001 --on-ip 127.0.0.1 --tproxy-mark 0x1/0xffffffff',
        '-A OUTPUT -m owner --uid-owner 1337 -j ACCEPT',
        '-A OUTPUT -p tcp ! -d 127.0.0.0/8 -j MARK --set-xmark 0x1/0xffffffff',
      ).replace(':PREROUTING -', ':PREROUTING ACCEPT'),
    );
    expect(tproxy).toEqual([
      { match: { owner: 1337 }, port: null },
      { except: [{ dst: '127.0.0.0/8' }], port: 15001 },
    ]);
    expect(untranslated).toEqual([]);
  });

  it('knows what is LOCAL, and which destinations NAT gives', () => {
    const { nat } = translate(
      table(
        'nat',
        '-A OUTPUT -m addrtype --dst-type LOCAL -j RETURN',
        '-A OUTPUT -d 10.96.0.10/32 -p tcp --dport 443 -j DNAT --to-destination 10.0.0.5:8443',
        '-A OUTPUT -p udp -j REDIRECT --to-ports 15053',
      ),
    );
    expect(nat).toEqual([
      { hook: 'output', match: { dst: '127.0.0.0/8' }, action: { kind: 'accept' } },
      { hook: 'output', match: { dst: '::1' }, action: { kind: 'accept' } },
      { hook: 'output', match: { dst: '10.0.0.1' }, action: { kind: 'accept' } },
      {
        hook: 'output',
        match: { dst: '10.96.0.10', dport: 443 },
        action: { kind: 'dnat', address: '10.0.0.5', port: 8443 },
      },
    ]);
  });

  it('takes the rules of the family of the connection', () => {
    const both = `# Generated by iptables-save v1.8.9\n${table('nat', '-A OUTPUT -p tcp -j REDIRECT --to-ports 15001')}`;
    const six = `# Generated by ip6tables-save v1.8.9\n${table('nat', '-A OUTPUT -p tcp -j REDIRECT --to-ports 16001')}`;
    const incident = incidentOf([file('iptables-save.txt', both), file('ip6tables-save.txt', six)]);
    const captures = ofKind(incident.captures, 'ruleset');
    const portOf = (address: string): unknown => translateRules(captures, [address]).nat[0]?.action;
    expect(portOf('10.0.0.1')).toEqual({ kind: 'redirect', port: 15001 });
    expect(portOf('fd00::1')).toEqual({ kind: 'redirect', port: 16001 });
  });

  it('tells what it leaves out, with place and reason', () => {
    const { untranslated, assumptions } = translate(
      [
        table(
          'filter',
          '-A OUTPUT -m set --match-set blocked dst -j DROP',
          '-A OUTPUT -p tcp -m limit --limit 5/min -j LOG --log-prefix "out: "',
          '-A OUTPUT -p tcp --dport 25 -j REJECT --reject-with tcp-reset',
          '-A OUTPUT -m recent --name x --rcheck -j ACCEPT',
        ),
        table('raw', '-A OUTPUT -p tcp -j CT --notrack'),
      ].join(''),
    );
    expect(untranslated.map(({ line, why }) => [line, why])).toEqual([
      [3, 'the model knows nothing of match-set blocked dst'],
      [6, expect.stringContaining('the model knows nothing of')],
      [10, 'the model has no raw table'],
    ]);
    expect(untranslated[0]?.text).toBe('-A OUTPUT -m set --match-set blocked dst -j DROP');
    expect(assumptions).toEqual(['REJECT is simulated as DROP: it answers nothing.']);
  });

  it('ends with chains that jump in a circle', () => {
    const { rules } = translate(
      table('filter', '-A OUTPUT -j A', '-A A -j B', '-A B -j A', '-A B -p tcp -j DROP'),
    );
    expect(rules.length).toBeLessThan(2100);
  });

  it('ends with chains that return early everywhere', () => {
    const chains = Array.from({ length: 60 }, (_, i) => [
      `-A C${i} -p tcp --dport ${i} -j RETURN`,
      `-A C${i} -s 10.0.0.0/8 -j C${i + 1}`,
      `-A C${i} -d 10.0.${i}.0/24 -j C${i + 1}`,
      `-A C${i} -p tcp --sport ${i} -j DROP`,
    ]);
    const text = table('filter', '-A OUTPUT -j C0', ...chains.flat(), '-A C60 -j DROP');
    expect(translate(text).assumptions).toEqual([
      'The chains at output are too intricate for the model: the rest is left out.',
    ]);
  });
});
