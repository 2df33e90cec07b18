import { bytesPerRow, compareWithFloor, printComparison } from '@tuplescope/scan/testing';
import { parseNetfilterLog } from './parse-netfilter-log.ts';

const LINES = 300_000;

/** A log as a busy node writes it: two rules and conntrack, new ports and numbers on each line. */
function generateLog(lines: number): Uint8Array {
  const text: string[] = [];
  for (let i = 0; i < lines; i++) {
    const uptime = (874 + i * 0.001).toFixed(6).padStart(12);
    const src = `10.${i % 4}.${(i >> 2) % 256}.${(i >> 10) % 256}`;
    const port = 32768 + (i % 28232);
    text.push(
      i % 3 === 0
        ? `[${uptime}] nf_ct_proto_6: SEQ is over upper bound ${(i * 7919) >>> 0} (over the window of the receiver) IN= OUT=eth0 SRC=${src} DST=172.21.206.198 LEN=40 TOS=0x00 PREC=0x00 TTL=64 ID=0 DF PROTO=TCP SPT=${port} DPT=7777 SEQ=${(i * 104729) >>> 0} ACK=0 WINDOW=0 RES=0x00 RST URGP=0 `
        : `[${uptime}] ISTIO_OUTBOUND_INVALID: IN= OUT=eth0 SRC=${src} DST=172.21.206.198 LEN=52 TOS=0x00 PREC=0x00 TTL=64 ID=${i % 65536} DF PROTO=TCP SPT=${port} DPT=7777 WINDOW=490 RES=0x00 ACK FIN URGP=0 `,
    );
  }
  return new TextEncoder().encode(`${text.join('\n')}\n`);
}

const bytes = generateLog(LINES);
printComparison(compareWithFloor(`parseNetfilterLog, ${LINES} lines`, bytes, parseNetfilterLog));
console.log(`${bytesPerRow(() => parseNetfilterLog(bytes)).toFixed(0)} bytes a row`);
