/**
 * Makes up a listing as `ss -naoep` (iproute2 6.1) prints it on a busy node with sidecars: no real
 * capture, but of the real shape. The same listing for the same number of sockets, always.
 */
export function generateListing(sockets: number): Uint8Array {
  const random = new Random(15001);
  const lines = [HEADER];
  for (let i = 0; i < sockets; i++) lines.push(line(random));
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}

const HEADER = `Netid State      Recv-Q Send-Q ${'Local Address'.padStart(42)}:Port   ${'Peer Address'.padStart(42)}:Port  Process${' '.repeat(120)}`;
const STATES = ['ESTAB', 'ESTAB', 'ESTAB', 'TIME-WAIT', 'CLOSE-WAIT', 'FIN-WAIT-2', 'SYN-SENT'];
const ARROWS: Readonly<Record<string, string>> = { 'CLOSE-WAIT': '-->', 'FIN-WAIT-2': '<--' };

function line(random: Random): string {
  const kind = random.below(100);
  if (kind < 72) return tcp(random);
  if (kind < 80) {
    const local = random.pick(['0.0.0.0', '127.0.0.53%lo']);
    return `${front('udp', 'UNCONN', 0, 0)}${end(local, random.below(60_000))} ${end('0.0.0.0', '*')} ${users(random, 'systemd-resolve')} uid:101 ino:${random.below(9e8)} sk:${random.hex(4)} cgroup:/system.slice/systemd-resolved.service <->`;
  }
  if (kind < 97) {
    const path = '/run/systemd/journal/stdout'.padStart(42);
    return `${front('u_str', 'ESTAB', 0, 0)}${path} ${String(random.below(1e6)).padEnd(6)} ${'*'.padStart(42)} ${String(random.below(1e6)).padEnd(6)} ${users(random, 'dbus-daemon')} <->`;
  }
  return `${front('nl', 'UNCONN', 0, 0)}${end('rtnl', `systemd/${random.below(9999)}`)} ${'*'.padStart(42)}       sk=0 cb=0 groups=0x00000000`;
}

function tcp(random: Random): string {
  const state = random.pick(STATES);
  const isMapped = random.below(6) === 0;
  const address = (): string => {
    const ip = `10.${random.below(64)}.${random.below(256)}.${random.below(254) + 1}`;
    return isMapped ? `[::ffff:${ip}]` : ip;
  };
  const local = end(address(), 1024 + random.below(64_000));
  const peer = end(address(), random.pick(['443', '80', '15001', '15006', '8080']));
  const queue = random.below(9) === 0 ? random.below(9999) : 0;
  const begin = `${front('tcp', state, 0, queue)}${local} ${peer} `;
  if (state === 'TIME-WAIT') {
    return `${begin}timer:(timewait,${random.below(60)}sec,0) ino:0 sk:${random.hex(4)}`;
  }
  const name = random.pick(['envoy', 'java', 'nginx', 'pilot-agent']);
  const timer = random.pick(['', `timer:(keepalive,${random.below(59) + 1}sec,0) `]);
  const slice = `kubepods-burstable-pod${random.hex(8)}.slice/cri-containerd-${random.hex(64)}.scope`;
  return `${begin}${users(random, name)} ${timer}uid:1337 ino:${random.below(9e8)} sk:${random.hex(4)} cgroup:/kubepods.slice/kubepods-burstable.slice/${slice} ${ARROWS[state] ?? '<->'}`;
}

function front(netid: string, state: string, recvq: number, sendq: number): string {
  return `${netid.padEnd(5)} ${state.padEnd(10)} ${String(recvq).padEnd(6)} ${String(sendq).padEnd(6)} `;
}

function end(address: string, port: number | string): string {
  return `${address.padStart(42)}:${String(port).padEnd(6)}`;
}

function users(random: Random, name: string): string {
  return `users:(("${name}",pid=${random.below(99_999)},fd=${random.below(999)}))`;
}

/** The linear congruential generator of Numerical Recipes: the same numbers everywhere. */
class Random {
  #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  below(limit: number): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#seed / 4_294_967_296) * limit);
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }

  hex(digits: number): string {
    return Array.from({ length: digits }, () => this.below(16).toString(16)).join('');
  }
}
