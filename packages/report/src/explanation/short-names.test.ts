import { describe, expect, it } from 'vitest';
import { explanation } from '../testing/explanations.ts';
import { shortNames } from './short-names.ts';

const namesOf = (...files: string[]): string[] => [
  ...shortNames(
    files.map((file) => explanation({ since: 0, flags: 'A', kind: 'ack', file })),
  ).values(),
];

describe('shortNames', () => {
  it('leaves out folders and archives', () => {
    expect(namesOf('/a/b/lo.pcap', '/a/eth0.pcap')).toEqual(['lo.pcap', 'eth0.pcap']);
    expect(namesOf('/a/b.tar.gz!/c/lo.pcap')).toEqual(['lo.pcap']);
    expect(namesOf('lo.pcap', 'lo.pcap')).toEqual(['lo.pcap']);
  });

  it('keeps the folders that tell files of one name apart', () => {
    expect(namesOf('/a/x/1/lo.pcap', '/a/x/2/lo.pcap')).toEqual(['1/lo.pcap', '2/lo.pcap']);
    expect(namesOf('lo.pcap', 'x/lo.pcap')).toEqual(['lo.pcap', 'x/lo.pcap']);
  });

  it('leaves odd names as they are', () => {
    expect(namesOf('', 'a/', 'b')).toEqual(['', 'a/', 'b']);
  });
});
