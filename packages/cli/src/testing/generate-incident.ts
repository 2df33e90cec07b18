/** Numbers below a limit, by a linear congruential generator: the same on every machine. */
type Draw = (limit: number) => number;

/** Lines that are made at a time. */
const BATCH = 4096;

const SOCKET_STATES = ['ESTAB', 'ESTAB', 'ESTAB', 'TIME-WAIT', 'CLOSE-WAIT', 'SYN-SENT'];
const ENTRY_STATES = ['ESTABLISHED', 'ESTABLISHED', 'TIME_WAIT', 'CLOSE_WAIT', 'LAST_ACK'];
const PORTS = [80, 443, 8080, 5432, 6379];

/** A proxy's listener and the one socket that it holds without an entry, as `ss -naoep` prints them. */
const STALE = `tcp   LISTEN     0      4096   127.0.0.1:15001 0.0.0.0:* users:(("envoy",pid=9,fd=3)) ino:7 sk:7 <->
tcp   FIN-WAIT-2 0      0      127.0.0.1:15001 10.77.0.1:44410 users:(("envoy",pid=9,fd=44)) ino:8 sk:8 <--
`;

/**
 * Makes up what `ss -naoep` prints on a node with very many connections: no recording, but of the real
 * form. One of the sockets is stale.
 */
export function* generateSockets(count: number): Generator<string> {
  const draw = newDraw(1);
  yield `Netid State      Recv-Q Send-Q Local Address:Port Peer Address:Port Process\n${STALE}`;
  yield* inBatches(count - 2, () => socketLine(draw));
}

/** Makes up what `conntrack -L` prints there; a third of the entries redirect to a proxy. */
export function* generateEntries(count: number): Generator<string> {
  const draw = newDraw(2);
  yield* inBatches(count, () => entryLine(draw));
}

function socketLine(draw: Draw): string {
  const state = pick(SOCKET_STATES, draw);
  const isTimeWait = state === 'TIME-WAIT';
  const fd = draw(60_000);
  const owner = isTimeWait
    ? `timer:(timewait,${draw(60)}sec,0) ino:0 sk:${fd.toString(16)}`
    : `users:(("java",pid=${draw(99_999)},fd=${fd})) timer:(keepalive,${draw(59) + 1}sec,0) uid:1337 ino:${draw(9e8)} sk:${fd.toString(16)} cgroup:/kubepods.slice/pod${draw(1e9)}.scope <->`;
  return `tcp   ${state.padEnd(10)} 0      ${String(draw(9) === 0 ? draw(9999) : 0).padEnd(6)} ${address(draw)}:${clientPort(draw)} ${address(draw)}:${pick(PORTS, draw)} ${owner}\n`;
}

function entryLine(draw: Draw): string {
  const state = pick(ENTRY_STATES, draw);
  const [src, dst] = [address(draw), address(draw)];
  const [sport, dport] = [clientPort(draw), pick(PORTS, draw)];
  const [from, fromPort] = draw(3) === 0 ? ['127.0.0.1', 15001] : [dst, dport];
  return `tcp      6 ${draw(432_000)} ${state} src=${src} dst=${dst} sport=${sport} dport=${dport} src=${from} dst=${src} sport=${fromPort} dport=${sport} [ASSURED] mark=0 use=1\n`;
}

function address(draw: Draw): string {
  return `10.${draw(64)}.${draw(256)}.${draw(254) + 1}`;
}

function clientPort(draw: Draw): number {
  return 1024 + draw(64_000);
}

function* inBatches(count: number, line: () => string): Generator<string> {
  for (let made = 0; made < count; made += BATCH) {
    yield Array.from({ length: Math.min(BATCH, count - made) }, line).join('');
  }
}

function pick<Value>(values: readonly Value[], draw: Draw): Value {
  return values[draw(values.length)] as Value;
}

function newDraw(seed: number): Draw {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
