import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readIncidents } from '@tuplescope/incident';
import { ALL_PROFILES, type Profile } from '@tuplescope/kernel-model';
import { readIncidentPackets } from '../captured-packets.ts';
import { explainPackets } from '../explain-packets.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));

/** A capture file, or the text of one, with its name. */
export interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Reads every recorded capture and text. */
export function readSamples(): Sample[] {
  return readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.pcap$|tcpdump.*\.txt$/.test(name))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(FIXTURES, name)) }));
}

/** Gives whole numbers from 0 up to below a limit. */
type Draw = (limit: number) => number;

/** Numbers that follow from a seed (splitmix32). */
function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x9e37_79b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0_aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
    return Math.floor((((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32) * limit);
  };
}

/** Numbers that lengths and offsets go wrong at. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];

/** Makes the damaged capture of a seed: the same for the same samples. */
export function damagedSample(samples: readonly Sample[], seed: number): Sample {
  const draw = drawFrom(seed);
  const { name, bytes } = samples[draw(samples.length)] as Sample;
  const other = (samples[draw(samples.length)] as Sample).bytes;
  let damaged = Uint8Array.from(bytes);
  for (let change = draw(8); change >= 0; change--) damaged = damage(damaged, other, draw);
  return { name, bytes: damaged };
}

function damage(bytes: Uint8Array, other: Uint8Array, draw: Draw): Uint8Array<ArrayBuffer> {
  const at = draw(bytes.length + 1);
  const length = draw(64);
  const kept = Uint8Array.from(bytes);
  switch (draw(6)) {
    case 0:
      if (at < kept.length) kept[at] = (kept[at] as number) ^ (1 << draw(8));
      return kept;
    case 1: {
      const edge = EDGES[draw(EDGES.length)] as number;
      for (let i = 0; i < 4 && at + i < kept.length; i++) kept[at + i] = (edge >>> (8 * i)) & 0xff;
      return kept;
    }
    case 2:
      return kept.slice(0, at);
    case 3:
      return joined([kept.subarray(0, at), kept.subarray(at + length)]);
    case 4: {
      const from = draw(other.length);
      return joined([
        kept.subarray(0, at),
        other.subarray(from, from + length * 8),
        kept.subarray(at),
      ]);
    }
    default:
      return joined([kept.subarray(0, at), kept.subarray(Math.max(0, at - length * 4))]);
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const piece of pieces) {
    whole.set(piece, end);
    end += piece.length;
  }
  return whole;
}

/** Reads, stitches and explains a damaged capture, every word of it; gives how many packets it had. */
export function explainDamaged(samples: readonly Sample[], seed: number): number {
  const { name, bytes } = damagedSample(samples, seed);
  const profile = ALL_PROFILES[seed % ALL_PROFILES.length] as Profile;
  let packets = 0;
  for (const incident of readIncidents([{ path: name, bytes }])) {
    for (const { explanations } of explainPackets(readIncidentPackets(incident), { profile })) {
      for (const { says, details, why, segment } of explanations) {
        if (says === '' || details.includes('') || why.rule === undefined || segment.n < 1) {
          throw new Error('an explanation without words');
        }
        packets++;
      }
    }
  }
  return packets;
}
