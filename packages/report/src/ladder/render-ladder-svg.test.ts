import type { Lineage } from '@tuplescope/packet-explainer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collision, explanation, explanationReport, plain } from '../testing/explanations.ts';
import { elementsOf, labelBoxes, overlaps, parseXml, verdictBoxes } from '../testing/picture.ts';
import { explainRecording, type Recording } from '../testing/recordings.ts';
import { renderLadderSvg } from './render-ladder-svg.ts';

const draw = (...lineages: Lineage[]): string => renderLadderSvg(explanationReport(lineages));

const wordsOf = (svg: string): string[] =>
  elementsOf(parseXml(svg), 'text').map(({ textContent }) => textContent ?? '');

/** The same lineage with every text of its packets replaced. */
const saying = (lineage: Lineage, text: string): Lineage => ({
  ...lineage,
  explanations: lineage.explanations.map((one) => ({
    ...one,
    at: { ...one.at, file: text },
    says: text,
    details: [text],
    contradiction: text,
  })),
});

const recorded = (name: Recording): [string, Lineage][] =>
  [...explainRecording(name).lineages].map((lineage, i) => [`${name}, ${i + 1}`, lineage]);

const withLongAddresses = ({ conversations, explanations }: Lineage): Lineage => {
  const end = (last: string, port: number) => ({
    address: `2001:db8:ffff:ffff:ffff:ffff:ffff:${last}`,
    port,
  });
  return {
    conversations: conversations.map((one) => ({
      ...one,
      client: end('fff1', 65001),
      server: end('fff2', 65002),
      translated: one.translated && { ...one.translated, server: end('fff3', 65003) },
    })),
    explanations,
  };
};

describe('renderLadderSvg', () => {
  it('is a picture that says what it is, with lanes for all that see a packet', () => {
    const root = parseXml(draw(collision('lost')));
    expect(root.tagName).toBe('svg');
    expect(root.getAttribute('role')).toBe('img');
    const named = (root.getAttribute('aria-labelledby') ?? '').split(' ');
    const ids = [...elementsOf(root, 'title'), ...elementsOf(root, 'desc')].map((one) =>
      one.getAttribute('id'),
    );
    expect(named.every((id) => ids.includes(id))).toBe(true);
    const words = wordsOf(draw(collision('lost')));
    for (const lane of ['app', 'conntrack', 'proxy', 'wire']) expect(words).toContain(lane);
    expect(words).toContain('Linux 5.19.0');
  });

  it('has an arrow and a verdict for each packet', () => {
    const root = parseXml(draw(collision('heard')));
    const packets = elementsOf(root, 'g', 'tl-packet');
    expect(packets).toHaveLength(7);
    for (const packet of packets) {
      expect(elementsOf(packet, 'path', 'tl-way').length).toBeGreaterThan(0);
      expect(verdictBoxes(packet)).toHaveLength(1);
    }
  });

  it('draws the recorded collision: how the socket was left, the first round, the silence', () => {
    const packets = elementsOf(
      parseXml(renderLadderSvg(explainRecording('5.19.0-case1'))),
      'g',
      'tl-packet',
    );
    const places = packets.map((one) => /^\S+#\d+/.exec(one.textContent ?? '')?.[0]);
    expect(places).toEqual([
      'lo.pcap#1',
      'lo.pcap#6',
      'lo.pcap#7',
      'eth0.pcap#8',
      'lo.pcap#8',
      'lo.pcap#9',
      'eth0.pcap#13',
      'lo.pcap#10',
    ]);
    expect(elementsOf(packets[6] as (typeof packets)[0], 'path', 'tl-astray')).toHaveLength(1);
  });

  it('marks the packet that contradicts the kernel', () => {
    const svg = renderLadderSvg(explainRecording('6.1.192-without-challenge-ack-fix-case1'));
    const marks = elementsOf(parseXml(svg), 'text', 'tl-f-mark');
    // One at the packet, one in the legend.
    expect(marks.map(({ textContent }) => textContent)).toEqual(['≠', '≠']);
    expect(wordsOf(svg)[0]).toBe('Port 44410: Debian 12, 6.1.192 would not have done this');
  });

  it('marks the collision, and bends the RST away untranslated where it is lost', () => {
    const svg = draw(collision('lost'));
    const root = parseXml(svg);
    expect(elementsOf(root, 'rect', 'tl-band').length).toBeGreaterThan(0);
    expect(elementsOf(root, 'polygon', 'tl-burst').length).toBeGreaterThan(0);
    expect(elementsOf(root, 'rect', 'tl-stale-socket').length).toBeGreaterThan(0);
    const strays = elementsOf(root, 'path', 'tl-astray');
    expect(strays.length).toBeGreaterThan(0);
    expect(wordsOf(svg)).toEqual(
      expect.arrayContaining(['COLLISION', 'challenge ACK', 'not translated', 'meets FIN-WAIT-2']),
    );
  });

  it('ends the stale socket where the RST is heard, and lets nothing go astray', () => {
    const svg = draw(collision('heard'));
    const root = parseXml(svg);
    expect(elementsOf(root, 'path', 'tl-astray')).toEqual([]);
    expect(elementsOf(root, 'path', 'tl-stale-socket-end')).toHaveLength(1);
    expect(wordsOf(svg)).toContain('socket is reset');
  });

  it('says where the entry expired while the socket stayed', () => {
    expect(wordsOf(draw(collision('lost')))).toEqual(
      expect.arrayContaining(['17 s later', 'entry expired', 'old socket stays']),
    );
  });

  it('names states of the entry as it goes through them', () => {
    const words = wordsOf(draw(collision('heard')));
    const states = ['FIN_WAIT', 'CLOSE_WAIT', 'SYN_SENT', 'CLOSE', 'SYN_SENT', 'SYN_RECV'];
    expect(words.filter((word) => states.includes(word))).toEqual(states);
  });

  it('says how many packets it left out in the middle', () => {
    const svg = draw(plain(1000));
    expect(elementsOf(parseXml(svg), 'g', 'tl-packet')).toHaveLength(8);
    expect(wordsOf(svg)).toContain('992 packets not drawn: 992× Data');
  });

  it('draws those of several lineages that matter, and counts the others', () => {
    const svg = draw(plain(5), collision('lost'), plain(5), plain(5));
    const words = wordsOf(svg);
    expect(words.filter((word) => word.includes('meets an old socket'))).toHaveLength(1);
    expect(words).toContain('3 pairs of ends more in these captures, not drawn.');
  });

  it('reads any number of lineages once, and holds a few', () => {
    let made = 0;
    const report = explanationReport([]);
    const lineage = plain(1);
    const lineages = (function* () {
      for (; made < 100_000; made++) yield lineage;
    })();
    const svg = renderLadderSvg({ ...report, lineages });
    expect(made).toBe(100_000);
    expect(svg.length).toBeLessThan(30_000);
  });

  it('turns packets back at conntrack whose ends stand on one side of it', () => {
    const own = explanation({
      since: 1,
      flags: 'S',
      seq: 7,
      kind: 'syn',
      sender: 'proxy',
      nat: 'none',
      socket: { owner: 'peer', state: null, does: 'syn-ack' },
    });
    const { conversations, explanations } = collision('heard');
    const svg = draw({ conversations, explanations: [...explanations.slice(0, 2), own] });
    const [, , last] = elementsOf(parseXml(svg), 'g', 'tl-packet');
    const [first, second] = elementsOf(last as NonNullable<typeof last>, 'path', 'tl-way');
    // From the proxy to conntrack; from there down, and on behind the proxy to the wire.
    expect(first?.getAttribute('d')).toMatch(/^M726 \S+H446$/);
    expect(second?.getAttribute('d')).toMatch(/^M446 .*H712M740 \S+H892$/);
  });

  it('is drawn without packets and without times too', () => {
    expect(wordsOf(draw())).toEqual([]);
    const untimed = [0, 1, 2].map((i) =>
      explanation({ since: null, flags: 'A', kind: 'ack', says: 'No time.' }, i),
    );
    const { conversations } = collision('lost');
    expect(
      elementsOf(parseXml(draw({ conversations, explanations: untimed })), 'g', 'tl-packet'),
    ).toHaveLength(3);
  });

  it('refers to nothing outside, and has no script', () => {
    const root = parseXml(draw(collision('lost')));
    const all = Array.from(root.getElementsByTagName('*'));
    const attributes = all.flatMap((one) => Array.from(one.attributes));
    expect(attributes.filter(({ name }) => /^on|href|^src$/.test(name))).toEqual([]);
    expect(elementsOf(root, 'script')).toEqual([]);
    const style = elementsOf(root, 'style')[0]?.textContent ?? '';
    expect(style).not.toMatch(/@import|url\((?!#)/);
  });

  it('has both colour schemes, and the light one on paper', () => {
    const style = elementsOf(parseXml(draw(plain(1))), 'style')[0]?.textContent ?? '';
    expect(style).toContain('@media screen and (prefers-color-scheme:dark)');
  });

  it.each<[string, Lineage]>([
    ...recorded('5.19.0-case1'),
    ...recorded('5.10.262-case1'),
    ...recorded('6.1.192-without-challenge-ack-fix-case1'),
    ['long addresses', withLongAddresses(collision('lost'))],
    ['a lost RST', collision('lost')],
    ['a RST that is heard', collision('heard')],
    ['a long transfer', plain(500)],
    ['wide letters', saying(collision('lost'), 'Щ'.repeat(300))],
    ['escaped characters', saying(collision('lost'), `\u0000\u202e `.repeat(99))],
    ['many words', saying(collision('heard'), 'The WWW and @ '.repeat(60))],
  ])('lets no label lie over another, or leave the picture: %s', (_, lineage) => {
    const root = parseXml(draw(lineage));
    const labels = labelBoxes(root);
    const verdicts = verdictBoxes(root);
    expect(overlaps(labels)).toEqual([]);
    const words = new Set(['NEW', 'ESTABLISHED', 'INVALID']);
    const others = labels.filter(({ what }) => !words.has(what));
    for (const verdict of verdicts) {
      expect(overlaps([verdict, ...others]).filter((pair) => pair.includes(verdict.what))).toEqual(
        [],
      );
    }
    const [, , width, height] = (root.getAttribute('viewBox') ?? '').split(' ').map(Number);
    const outside = labels.filter(
      ({ left, right, top, bottom }) =>
        left < 0 || top < 0 || right > (width ?? 0) || bottom > (height ?? 0),
    );
    expect(outside).toEqual([]);
  });

  it('shows hostile text as text, and nothing of it as markup', { timeout: 60_000 }, () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.constantFrom('<script>alert(1)</script>', ']]>', '&#60;b>', '\u001b[2J', 'a\u202eb\u0000'),
    );
    fc.assert(
      fc.property(text, (hostile) => {
        const root = parseXml(draw(saying(collision('lost'), hostile)));
        expect(elementsOf(root, 'script')).toEqual([]);
        expect(elementsOf(root, 'g', 'tl-packet')).toHaveLength(8);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be left
        expect(root.textContent).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/);
      }),
      { numRuns: 20 },
    );
  });
});
