import { describe, expect, it } from 'vitest';
import { readIncidentPackets } from './captured-packets.ts';
import { compareProfiles } from './compare-profiles.ts';
import { explainPackets } from './explain-packets.ts';
import type { Explanation } from './explanation.ts';
import {
  INCIDENTS,
  kernelOf,
  profileNamed,
  readRecording,
  readText,
} from './testing/recordings.ts';

const PORT = 44410;

/** Explains the packets of the port that collides. */
function explained(name: string, profile = kernelOf(name), only = /./): Explanation[] {
  const packets = readIncidentPackets(readRecording(name, only));
  return [...explainPackets(packets, { profile })]
    .filter(({ conversations: [first] }) => first?.client.port === PORT)
    .flatMap(({ explanations }) => explanations);
}

/** The states that `conntrack -E` told of the port's entries, one after the other. */
function recordedStates(name: string): string[] {
  return readText(`${name}/conntrack-E.txt`)
    .split('\n')
    .filter((line) => /\[(NEW|UPDATE)\]/.test(line) && line.includes(` sport=${PORT} `))
    .flatMap((line) => /tcp +6 (?:\d+ )?([A-Z_]+) src=/.exec(line)?.[1] ?? []);
}

describe.each(INCIDENTS)('the recording of %s', (name) => {
  const explanations = explained(name);

  it('is what its own kernel does, packet by packet', () => {
    expect(explanations.filter(({ contradiction }) => contradiction !== null)).toEqual([]);
  });

  it('leads each entry through the states that conntrack -E recorded', () => {
    const changes = explanations.flatMap(({ before, entry, ctstate }) => {
      const isNew = ctstate === 'NEW' && (before === null || before.state === 'CLOSE');
      return entry !== null && (isNew || before?.state !== entry.state) ? [entry.state] : [];
    });
    expect(changes).toEqual(recordedStates(name));
  });

  it('calls INVALID what the kernel logged as such', () => {
    const logged = readText(`${name}/dmesg.txt`)
      .split('\n')
      .filter((line) => line.includes('_INVALID: ') && line.includes(`SPT=${PORT} `));
    const invalid = explanations.filter(({ ctstate }) => ctstate === 'INVALID');
    expect(invalid).toHaveLength(logged.length);
  });
});

it('explains the packets that are wanted as it explains all', () => {
  const name = '5.19.0-case1';
  const packets = readIncidentPackets(readRecording(name));
  const lineages = explainPackets(packets, { profile: kernelOf(name) });
  for (let index = 0; index < lineages.length; index++) {
    const { explanations } = lineages.at(index);
    const odd = explanations.filter((_, place) => place % 2 === 1);
    const wanted = new Set(odd.map(({ packet }) => packet.sightings[0]));
    const some = lineages.at(index, ({ sightings: [first] }) => {
      return [...wanted].some(
        (one) => one?.row === first?.row && one?.captureIndex === first?.captureIndex,
      );
    });
    expect(some.explanations.map(({ says, details }) => [says, details])).toEqual(
      odd.map(({ says, details }) => [says, details]),
    );
  }
});

describe('the incident on 5.19.0', () => {
  const told = explained('5.19.0-case1');
  const at = (file: string, n: number): Explanation =>
    told.find((one) => one.at.file === file && one.at.n === n) as Explanation;

  it('names the challenge ACK, the socket that sent it and the connection that it belongs to', () => {
    const challenge = at('lo.pcap', 9);
    expect(challenge).toMatchObject({
      kind: 'challenge-ack',
      sender: 'proxy',
      ctstate: 'ESTABLISHED',
      nat: 'un-dnat',
      answers: { file: 'lo.pcap', n: 8 },
      entry: { state: 'SYN_SENT', unreplied: false },
      why: { rule: 'ignored' },
    });
    expect(challenge.says).toBe(
      "The proxy's older socket answers the SYN with a challenge ACK: it acknowledges 1382665639, where the SYN asks for 66001915.",
    );
    expect(challenge.details).toContain(
      'Its numbers are of the connection that begins with packet 1 of lo.pcap.',
    );
  });

  it('names the RST on eth0 as the untranslated answer to it, and the commit behind that', () => {
    const reset = at('eth0.pcap', 13);
    expect(reset).toMatchObject({
      kind: 'rst-of-challenge',
      sender: 'app',
      ctstate: 'INVALID',
      nat: 'none',
      seenTranslated: false,
      answers: { file: 'lo.pcap', n: 9 },
      socket: { owner: 'peer', state: 'CLOSED', does: 'ignores' },
      why: {
        rule: 'seq-over-upper-bound',
        values: { seq: 1382665639, upperBound: 66001916 },
        commits: ['reinit-syn-only'],
        log: 'SEQ is over the upper bound (over the window of the receiver)',
      },
    });
    expect(reset.says).toBe(
      'The application refuses that acknowledgement with a RST, but it leaves untranslated for 172.21.206.198:7777, past the proxy: the older socket never gets it.',
    );
  });

  it('follows the sockets: the SYN meets FIN-WAIT-2, which stays silent for half a second', () => {
    const reached = told
      .filter(({ kind }) => kind.startsWith('syn') && kind !== 'syn-ack')
      .map(({ socket }) => [socket?.owner, socket?.state, socket?.does]);
    expect(reached).toEqual([
      ['proxy', 'LISTEN', 'syn-ack'],
      ['proxy', 'FIN-WAIT-2', 'challenge-ack'],
      ['proxy', 'FIN-WAIT-2', 'suppressed'],
      ['proxy', 'FIN-WAIT-2', 'challenge-ack'],
      ['proxy', 'FIN-WAIT-2', 'challenge-ack'],
    ]);
  });

  it('says that the FINs went past the proxy', () => {
    expect(at('eth0.pcap', 8).says).toBe(
      'The application is done sending too, but its FIN leaves untranslated for 172.21.206.198:7777, past the proxy.',
    );
    expect(at('eth0.pcap', 9).says).toBe(
      'The application sends its FIN again, 240 ms after the one before, but it leaves untranslated for 172.21.206.198:7777, past the proxy.',
    );
  });
});

it('tells the proxy’s own connection from the application’s', () => {
  const packets = readIncidentPackets(readRecording('5.19.0-case1'));
  const [own] = [...explainPackets(packets, { profile: profileNamed('5.19.0') })].filter(
    ({ conversations: [first] }) => first?.client.port !== PORT,
  );
  expect(own?.explanations[0]).toMatchObject({ sender: 'proxy', socket: { owner: 'peer' } });
});

it('says on a kernel with the fix that the RST clears the way', () => {
  const told = explained('6.18.44-case1');
  const reset = told.find(({ kind }) => kind === 'rst-of-challenge');
  expect(reset).toMatchObject({
    ctstate: 'ESTABLISHED',
    nat: 'dnat',
    socket: { owner: 'proxy', state: 'FIN-WAIT-2', does: 'reset' },
  });
  expect(reset?.says).toBe(
    'The application refuses that acknowledgement with a RST, which resets the older socket and clears the way.',
  );
});

describe('a kernel of the other outcome', () => {
  it.each(['6.2.1', '5.14.2', 'debian-12-6.1.192'])('%s is contradicted by the RST alone', (id) => {
    const against = explained('5.19.0-case1', profileNamed(id)).filter(
      ({ contradiction }) => contradiction !== null,
    );
    expect(against.map(({ kind, at }) => `${kind} ${at.file} ${at.n}`)).toEqual([
      'rst-of-challenge eth0.pcap 13',
      'rst-of-challenge eth0.pcap 14',
      'rst-of-challenge eth0.pcap 15',
    ]);
  });

  it('is contradicted where the RST did arrive', () => {
    const [reset, ...others] = explained('5.10.262-case1', profileNamed('5.19.0')).filter(
      ({ contradiction }) => contradiction !== null,
    );
    expect(others).toEqual([]);
    expect(reset?.at).toEqual({ file: 'lo.pcap', n: 10 });
    expect(reset?.contradiction).toBe(
      'This kernel calls it INVALID and leaves it untranslated; the capture shows it translated.',
    );
  });
});

describe('packets alone', () => {
  it.each(INCIDENTS.filter((name) => !name.includes('be_liberal')))(
    'explain %s without any listing',
    (name) => {
      const told = explained(name, kernelOf(name), /\.pcap$/);
      expect(told.filter(({ contradiction }) => contradiction !== null)).toEqual([]);
    },
  );

  it('assume that the entry was gone where a FIN left untranslated before its timeout', () => {
    const told = explained('5.19.0-case1', kernelOf('5.19.0-case1'), /\.pcap$/);
    expect(told.find(({ kind }) => kind === 'fin')?.assumption).toBe(
      'Its entry was gone by then, before the timeout that is assumed: the packet left untranslated.',
    );
  });

  it('ask for the sysctl that would explain a translated RST', () => {
    const told = explained('5.19.0-case1-be_liberal', profileNamed('5.19.0'), /\.pcap$/);
    expect(told.flatMap(({ contradiction }) => contradiction ?? [])).toEqual([
      'This kernel calls it INVALID and leaves it untranslated, unless nf_conntrack_tcp_be_liberal is 1; the capture shows it translated.',
    ]);
  });

  it('are explained from the text of tcpdump as from the file', () => {
    const told = explained('texts', profileNamed('5.10.262'));
    expect(told.flatMap(({ contradiction }) => contradiction ?? [])).toEqual([]);
    expect(told.find(({ kind }) => kind === 'rst-of-challenge')?.socket).toEqual({
      owner: 'proxy',
      state: 'FIN-WAIT-2',
      does: 'reset',
    });
  });
});

it('finds in the text of tcpdump which kernels would have sent the RST past the proxy', () => {
  const texts = readIncidentPackets(readRecording('affected-texts'));
  const fitting = compareProfiles(texts).filter(
    ({ contradictions }) => contradictions.length === 0,
  );
  const files = readIncidentPackets(readRecording('5.19.0-case1'));
  const byFiles = compareProfiles(files).filter(
    ({ contradictions }) => contradictions.length === 0,
  );
  expect(fitting.map(({ profile }) => profile.id)).toEqual(
    byFiles.map(({ profile }) => profile.id),
  );
});

it.each(['lab-43301', 'lab-43301-rstdrop', 'lab-exhaust'])(
  'finds nothing unexpected in %s, captured on any interface',
  (name) => {
    const packets = readIncidentPackets(readRecording(name));
    const told = [...explainPackets(packets, { profile: profileNamed('6.18.44') })];
    expect(told.flatMap(({ explanations }) => explanations).length).toBeGreaterThan(50);
    expect(
      told.flatMap(({ explanations }) => explanations.flatMap((one) => one.contradiction ?? [])),
    ).toEqual([]);
  },
);
