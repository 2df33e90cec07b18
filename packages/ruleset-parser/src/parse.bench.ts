// Speed and memory of parsing the rules of kube-proxy, 200,000 of them, beside the floor of reading
// the same bytes. Run with `npm run bench`.
import { toBytes } from '@tuplescope/scan';
import { bytesPerRow, compareWithFloor, printComparison } from '@tuplescope/scan/testing';
import { interceptionPorts } from './interception-ports.ts';
import { parseRuleset } from './parse-ruleset.ts';
import { parseSysctl } from './parse-sysctl.ts';

const save = toBytes(kubeProxy(200_000));
printComparison(compareWithFloor('iptables-save -c, 200,000 rules', save, parseRuleset));
console.log(
  `${bytesPerRow(() => parseRuleset(save)).toFixed(0)} bytes a rule, its text not counted`,
);

const table = parseRuleset(save);
const begin = performance.now();
for (const rule of table) if (rule.target === '') throw new Error('a rule without a target');
const every = performance.now() - begin;
console.log(`every rule made: ${((every * 1e3) / table.length).toFixed(2)} µs each`);
const middle = performance.now();
const ports = interceptionPorts(table).length;
console.log(`interception ports (${ports}): ${(performance.now() - middle).toFixed(0)} ms`);

const nft = toBytes(nftText(50_000));
printComparison(compareWithFloor('nft list ruleset, 50,000 rules', nft, parseRuleset));
const json = toBytes(nftJson(50_000));
printComparison(compareWithFloor('nft -j list ruleset, 50,000 rules', json, parseRuleset));
const sysctl = toBytes(
  'net.ipv4.conf.eth0.rp_filter = 0\nnet.ipv4.tcp_rmem = 4096\t131072\n'.repeat(5e4),
);
printComparison(compareWithFloor('sysctl -a, 100,000 lines', sysctl, parseSysctl));

/** Services with three endpoints each: one chain a service, one an endpoint, eleven rules in all. */
function kubeProxy(rules: number): string {
  const chains: string[] = [];
  const lines: string[] = [];
  for (let n = 0; lines.length < rules; n++) {
    const service = `KUBE-SVC-${chainName(n)}`;
    const comment = `-m comment --comment "shop/service-${n}:http cluster IP"`;
    const ip = `10.${96 + ((n >> 16) & 15)}.${(n >> 8) & 255}.${n & 255}`;
    chains.push(`:${service} - [0:0]`);
    lines.push(
      `[${n}:${n * 60}] -A KUBE-SERVICES -d ${ip}/32 -p tcp ${comment} -m tcp --dport 80 -j ${service}`,
    );
    lines.push(
      `[0:0] -A ${service} ! -s 10.244.0.0/16 -d ${ip}/32 -p tcp ${comment} -m tcp --dport 80 -j KUBE-MARK-MASQ`,
    );
    for (let endpoint = 0; endpoint < 3; endpoint++) {
      const chain = `KUBE-SEP-${chainName(n * 3 + endpoint + 7_000_000)}`;
      const pod = `10.244.${n & 255}.${endpoint + 2}`;
      chains.push(`:${chain} - [0:0]`);
      lines.push(
        `[0:0] -A ${service} -m comment --comment "shop/service-${n}:http -> ${pod}:8080" -m statistic --mode random --probability 0.33333333349 -j ${chain}`,
      );
      lines.push(
        `[0:0] -A ${chain} -s ${pod}/32 -m comment --comment "shop/service-${n}:http" -j KUBE-MARK-MASQ`,
      );
      lines.push(
        `[0:0] -A ${chain} -p tcp -m comment --comment "shop/service-${n}:http" -m tcp -j DNAT --to-destination ${pod}:8080`,
      );
    }
  }
  const head = [':PREROUTING ACCEPT [0:0]', ':OUTPUT ACCEPT [0:0]', ':KUBE-SERVICES - [0:0]'];
  lines.length = rules;
  const jumps = ['PREROUTING', 'OUTPUT'].map((from) => `[0:0] -A ${from} -j KUBE-SERVICES`);
  return ['*nat', ...head, ...chains, ...jumps, ...lines, 'COMMIT', ''].join('\n');
}

/** Sixteen letters and digits, as kube-proxy makes them from a hash. */
function chainName(n: number): string {
  const text = Math.imul(n + 1, 0x9e3779b1) >>> 0;
  return `${text.toString(32)}${(text ^ 0x55555555).toString(32)}XXXXXXXXXXXX`
    .slice(0, 16)
    .toUpperCase();
}

function nftText(rules: number): string {
  const rule = (n: number): string =>
    `\t\tmeta l4proto tcp ip daddr 10.96.${(n >> 8) & 255}.${n & 255} tcp dport 80 counter packets ${n} bytes 0 jump svc-${n % 500}`;
  const lines = Array.from({ length: rules }, (_, n) => rule(n));
  return `table ip nat {\n\tchain services {\n${lines.join('\n')}\n\t}\n}\n`;
}

function nftJson(rules: number): string {
  const rule = (n: number): unknown => ({
    rule: {
      family: 'ip',
      table: 'nat',
      chain: 'services',
      handle: n,
      expr: [
        {
          match: {
            op: '==',
            left: { payload: { protocol: 'ip', field: 'daddr' } },
            right: `10.96.${(n >> 8) & 255}.${n & 255}`,
          },
        },
        { counter: { packets: n, bytes: 0 } },
        { jump: { target: `svc-${n % 500}` } },
      ],
    },
  });
  return JSON.stringify({ nftables: Array.from({ length: rules }, (_, n) => rule(n)) });
}
