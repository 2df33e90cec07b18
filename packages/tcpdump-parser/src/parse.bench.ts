import { bytesPerRow, compareWithFloor, printComparison } from '@tuplescope/scan/testing';
import { parseTcpdump } from './parse-tcpdump.ts';

const PACKETS = 500_000;

/** A multiplicative generator (Numerical Recipes), so that every run measures the same text. */
let state = 12345;
function random(below: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}

const CONNECTIONS = 5000;

/** Synthetic text in the shape of `tcpdump -n -v`: data and ACKs of many connections, some set up anew. */
function text(packets: number): Uint8Array {
  const lines: string[] = [];
  for (let i = 0; i < packets; i++) lines.push(...packet(i));
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}

function packet(i: number): [string, string] {
  const connection = random(CONNECTIONS);
  const client = `10.${connection % 4}.${connection % 200}.7.${1024 + connection}`;
  const server = `172.21.206.198.${[80, 443, 7777][connection % 3]}`;
  const pair = i % 2 === 0 ? `${client} > ${server}` : `${server} > ${client}`;
  const stamps = `TS val ${random(4e9)} ecr ${random(4e9)}`;
  const time = new Date(1.7e12 + i).toISOString().slice(11, 23);
  const len = i % 3 === 0 ? random(1448) + 1 : 0;
  const header = `${time}${100 + (i % 900)} IP (tos 0x0, ttl 64, id ${i % 65536}, offset 0, flags [DF], proto TCP (6), length ${52 + len})`;
  const sum = `cksum 0x7c2c (incorrect -> 0x${(4096 + random(60_000)).toString(16)})`;
  if (i % 16 === 0) {
    return [
      header,
      `    ${pair}: Flags [S], ${sum}, seq ${random(4e9)}, win 62720, options [mss 8960,sackOK,${stamps},nop,wscale 11], length 0`,
    ];
  }
  const seq = len > 0 ? `, seq ${i}:${i + len}` : '';
  const flags = len > 0 ? 'P.' : '.';
  return [
    header,
    `    ${pair}: Flags [${flags}], ${sum}${seq}, ack ${random(1e6)}, win 502, options [nop,nop,${stamps}], length ${len}`,
  ];
}

const bytes = text(PACKETS);
printComparison(compareWithFloor('tcpdump -n -v, synthetic', bytes, parseTcpdump));
console.log(`${bytesPerRow(() => parseTcpdump(bytes)).toFixed(0)} bytes a row`);
