import { describe, expect, it } from 'vitest';
import type { Profile } from '../profile.ts';
import { profileFor } from '../profile-for.ts';
import { readRecordedVectors } from '../testing/recorded-vectors.ts';
import { optionsFromHex } from './options-from-hex.ts';
import { readRecordedSequence } from './read-recorded-sequence.ts';
import type { RecordedSequence } from './recorded-sequence.ts';
import { replaySequence } from './replay-sequence.ts';

/** Seed 3 on 6.12.43: behind a service address, a handshake that a RST ends. */
const sequence = recorded(3);
const profile = profileFor('6.12.43').profile as Profile;

function recorded(seed: number): RecordedSequence {
  for (const sequences of readRecordedVectors().sequences()) {
    const found = sequences.find((one) => one.kernel.startsWith('6.12.43') && one.seed === seed);
    if (found !== undefined) return found;
  }
  throw new Error(`no sequence with seed ${seed}`);
}

/** The sequence with something else recorded for one of its packets. */
function corrupted(packet: number, change: object, entry: object = {}): RecordedSequence {
  const packets = sequence.packets.map((step, i) =>
    i === packet ? { ...step, ...change, entry: { ...step.entry, ...entry } } : step,
  );
  return { ...sequence, packets } as unknown as RecordedSequence;
}

describe('a recording that does not say what the kernel did', () => {
  it('is not this one', () => {
    expect(replaySequence(sequence, profile)).toEqual([]);
  });

  it.each([
    [0, 'ctstate', { ctstate: 'INVALID' }, {}, 'INVALID', 'NEW', 'new-connection'],
    [1, 'ctdir', { ctdir: 'ORIGINAL' }, {}, 'ORIGINAL', 'REPLY', 'in-window'],
    [2, 'forwarded', { forwarded: false }, {}, false, true, 'in-window'],
    [2, 'nat', { nat: false }, {}, false, true, 'in-window'],
    [2, 'outsport', { outsport: 1 }, {}, 1, undefined, 'in-window'],
    [2, 'ev', { ev: [] }, {}, [], ['UPDATE:ESTABLISHED'], 'in-window'],
    [
      6,
      'log',
      { log: ['nf_ct_proto_6: bad checksum'] },
      {},
      ['nf_ct_proto_6: bad checksum'],
      ['nf_ct_proto_6: invalid tcp flag combination'],
      'invalid-flags',
    ],
    [3, 'entry.state', {}, { state: 'ESTABLISHED' }, 'ESTABLISHED', 'CLOSE', 'in-window'],
    [3, 'entry.timeout', {}, { timeout: 300 }, 300, 10, 'in-window'],
    [2, 'entry.assured', {}, { assured: false }, false, true, 'in-window'],
    [0, 'entry.unreplied', {}, { unreplied: false }, false, true, 'new-connection'],
    [2, 'entry.status', {}, { status: 426 }, 426, 430, 'in-window'],
    [4, 'entry.flags', {}, { flags: [33, 33] }, [33, 33], [49, 33], 'in-window'],
    [1, 'entry.wscale', {}, { wscale: [14, 7] }, [14, 7], [14, 14], 'in-window'],
    [0, 'entry.orig', {}, { orig: 'r' }, 'r', 'o', 'new-connection'],
    [0, 'entry.natport', {}, { natport: 1 }, 1, undefined, 'new-connection'],
  ])('is found at packet %i by %s', (packet, field, change, entry, is, modelled, rule) => {
    const mismatches = replaySequence(corrupted(packet, change, entry), profile);
    expect(mismatches).toEqual([{ sequence: 3, packet, field, recorded: is, modelled, rule }]);
  });

  it('is found by an entry that is recorded gone, or there', () => {
    const gone = { ...sequence, packets: [{ ...sequence.packets[0], entry: null }] };
    expect(replaySequence(gone as unknown as RecordedSequence, profile)).toMatchObject([
      { field: 'entry', recorded: null, modelled: { state: 'SYN_SENT' } },
    ]);
    const twice = corrupted(0, { entry2: sequence.packets[0]?.entry });
    expect(replaySequence(twice, profile)).toMatchObject([
      { packet: 0, field: 'entry2', recorded: { state: 'SYN_SENT' }, modelled: undefined },
    ]);
  });

  it('is found by what time did, and by what was deleted', () => {
    const { entry } = sequence.packets[0] ?? {};
    const packets = [
      sequence.packets[0],
      { op: 'advance', sec: 100, expired: true, entry: { ...entry, timeout: 20 } },
      { op: 'delete', had: false, entry: null },
    ];
    expect(replaySequence({ ...sequence, packets } as RecordedSequence, profile)).toEqual([
      { sequence: 3, packet: 1, field: 'expired', recorded: true, modelled: false, rule: null },
      { sequence: 3, packet: 2, field: 'had', recorded: false, modelled: true, rule: null },
    ]);
  });

  it('is found by a kernel that behaves otherwise', () => {
    const other = profileFor('5.4.59').profile as Profile;
    const [first] = replaySequence(sequence, other);
    // c4edc3ccbc63: with the entry closed, 5.4 still judges the RST of packet 5 by the window.
    expect(first?.packet).toBeGreaterThan(2);
  });
});

describe('a line that is no recording', () => {
  it.each([
    [null, 'the line is no object'],
    [{}, 'kernel is missing or of another type'],
    [{ ...sequence, client: 'nobody' }, 'client is missing or of another type'],
    [{ ...sequence, packets: {} }, 'packets is missing or of another type'],
    [{ ...sequence, packets: [{ op: 'sleep' }] }, 'packets[0].op is none of pkt, advance, delete'],
    [
      { ...sequence, packets: [{ ...sequence.packets[0], seq: '1' }] },
      'packets[0].seq is missing or of another type',
    ],
    [
      { ...sequence, packets: [{ ...sequence.packets[0], opthex: '0g' }] },
      'packets[0].opthex is missing or of another type',
    ],
  ])('is refused with what it lacks: %#', (value, fault) => {
    expect(readRecordedSequence(value)).toBe(fault);
  });

  it('is not the recorded sequence', () => {
    expect(readRecordedSequence(JSON.parse(JSON.stringify(sequence)))).toEqual(sequence);
  });
});

describe('option bytes', () => {
  it.each([
    ['', {}],
    ['01010101', {}],
    ['020405b40402080a365d84930000000001030300', { wscale: 0, sackOK: true }],
    ['0101050a0000000100000002', { sack: [[1, 2]] }],
    // Only the first SACK option counts.
    ['050affffffff00000001050a0000000500000006', { sack: [[0xffffffff, 1]] }],
    // The end of the options, a length too short, a length past the end.
    ['0003030702', {}],
    ['020103030700', {}],
    ['0303070308', { wscale: 7 }],
    // A window scale of another length is none.
    ['0304070004020000', { sackOK: true }],
  ])('are read as conntrack does: %s', (hex, expected) => {
    expect(optionsFromHex(hex)).toEqual(hex === '' ? {} : { ...expected, other: [hex] });
  });
});
