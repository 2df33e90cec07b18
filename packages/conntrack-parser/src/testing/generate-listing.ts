/** Which form of `conntrack` to write. */
export type ListingForm = 'plain' | 'extended' | 'events';

const STATES = ['ESTABLISHED', 'ESTABLISHED', 'TIME_WAIT', 'CLOSE_WAIT', 'SYN_SENT', 'LAST_ACK'];
const PORTS = [80, 443, 8080, 15001, 15006, 5432];

/**
 * Writes a listing of made-up entries, the same for the same count: no recording, only of the size
 * and the mixture of a busy node's (TCP with and without NAT, UDP to port 53, ICMP, some IPv6, some
 * offloaded, some with a zone or a security context).
 */
export function generateListing(count: number, form: ListingForm): string {
  const random = randomNumbers(7);
  const lines: string[] = [];
  for (let i = 0; i < count; i++) lines.push(generateLine(random, form));
  return lines.join('');
}

/** Numbers below a limit, by a linear congruential generator. */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

function generateLine(random: (limit: number) => number, form: ListingForm): string {
  const kind = random(100);
  const v6 = kind >= 98;
  const address = (): string =>
    v6
      ? `fd00::${random(65536).toString(16)}:${(1 + random(65535)).toString(16)}`
      : `10.${random(64)}.${random(256)}.${1 + random(254)}`;
  const [src, dst] = [address(), address()];
  const acct = (): string =>
    form === 'extended' ? `packets=${random(9999)} bytes=${random(9_999_999)} ` : '';
  const prefix = form === 'extended' ? (v6 ? 'ipv6     10 ' : 'ipv4     2 ') : eventPrefix(form);
  const end = form === 'extended' ? ` id=${random(2 ** 32)}\n` : '\n';
  if (kind < 12) {
    const port = 1024 + random(64000);
    const flow = `src=${src} dst=${dst} sport=${port} dport=53 ${acct()}`;
    const back = `src=${dst} dst=${src} sport=53 dport=${port} ${acct()}`;
    return `${prefix}udp      17 ${random(180)} ${flow}${back}[ASSURED] mark=0 use=1${end}`;
  }
  if (kind < 15) {
    const id = random(65536);
    const flow = `src=${src} dst=${dst} type=8 code=0 id=${id} ${acct()}`;
    const back = `src=${dst} dst=${src} type=0 code=0 id=${id} ${acct()}`;
    return `${prefix}icmp     1 ${random(30)} ${flow}${back}mark=0 use=1${end}`;
  }
  const state = STATES[random(STATES.length)];
  const [sport, dport] = [1024 + random(64000), PORTS[random(PORTS.length)]];
  const isRedirected = !v6 && random(3) === 0;
  const status = random(50) === 0 ? '' : `${random(432000)} ${state} `;
  const flag = status === '' ? '[OFFLOAD] ' : state === 'SYN_SENT' ? '' : '[ASSURED] ';
  const flow = `src=${src} dst=${dst} sport=${sport} dport=${dport} ${acct()}`;
  const back = `src=${isRedirected ? '127.0.0.1' : dst} dst=${src} sport=${isRedirected ? 15001 : dport} dport=${sport} ${acct()}`;
  const unreplied = state === 'SYN_SENT' ? '[UNREPLIED] ' : '';
  const secctx = random(8) === 0 ? 'secctx=system_u:object_r:unlabeled_t:s0 ' : '';
  const zone = random(8) === 0 ? `zone=${1 + random(4)} ` : '';
  const mark = `mark=${random(10) === 0 ? 1337 : 0} `;
  return `${prefix}tcp      6 ${status}${flow}${unreplied}${back}${flag}${mark}${secctx}${zone}use=${1 + random(3)}${end}`;
}

function eventPrefix(form: ListingForm): string {
  return form === 'events' ? '[1795386267.648337]\t [UPDATE] ' : '';
}
