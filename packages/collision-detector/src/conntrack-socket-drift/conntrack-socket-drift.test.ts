import { describe, expect, it } from 'vitest';
import { detect, file, recording, rewrite, saidOf } from '../testing/recordings.ts';

const DRIFT = recording('recordings/client-drift');
const FORGOTTEN = recording('recordings/client-forgotten');
const said = (files: typeof DRIFT) => saidOf('conntrack-socket-drift', files);
const without = (files: typeof DRIFT, ...parts: readonly string[]) =>
  files.filter(({ path }) => !parts.some((part) => path.includes(part)));

describe('findDrifts of entries that no socket belongs to', () => {
  it('counts those of each state, and points at rows and at the listing that lacks their sockets', () => {
    const [established, closeWait] = detect(DRIFT).findings;
    // Recorded: of 17 connections 12 were ended, and of 130 half-closed ones all.
    expect(established?.summary).toContain('12 entries of established connections');
    expect(closeWait?.summary).toContain('130 entries in CLOSE_WAIT, of 147 in all');
    expect(established?.tuples.every(({ src, dport }) => src === '10.1.0.2' && dport === 80)).toBe(
      true,
    );
    const listing = established?.evidence.find(({ file: name }) => name.includes('ss-'));
    expect(listing?.says).toContain('none belongs to these entries');
    expect(established?.mitigations[0]?.command).toMatch(
      /conntrack -D -p tcp --state ESTABLISHED -s 10\.1\.0\.2 -d 203\.0\.113\.9$/,
    );
  });

  it('finds them in one snapshot where the sysctl tells how long they have been idle', () => {
    expect(said(without(DRIFT, '1-connected', '2-programs'))).toEqual([
      'latent certain',
      'latent certain',
    ]);
  });

  it('is less sure where only other entries tell', () => {
    const fresh = rewrite(without(DRIFT, '1-connected', '2-programs', 'sysctl'), (text) =>
      text.replace(/ 4319\d\d ESTABLISHED/, ' 432000 ESTABLISHED'),
    );
    expect(said(fresh)).toEqual(['latent likely']);
  });

  it('is past where a later snapshot has the entries no more', () => {
    const later = rewrite(
      DRIFT.filter(({ path }) => path.includes('3-later/')),
      (text, path) =>
        path.includes('conntrack-L') ? text.replaceAll(/^tcp.*CLOSE_WAIT.*\n/gm, '') : text,
    ).map(({ path, bytes }) => ({ path: path.replace('3-later', '4-last'), bytes }));
    expect(said([...DRIFT, ...later])).toEqual(['latent certain', 'past certain']);
  });

  it('leaves alone what listings that are seconds apart explain: entries with packets just now', () => {
    const busy = rewrite(DRIFT, (text, path) =>
      path.includes('conntrack-L')
        ? text
            .replaceAll(/ \d+ ESTABLISHED/g, ' 431999 ESTABLISHED')
            .replaceAll(/.*CLOSE_WAIT.*\n/g, '')
        : text,
    );
    expect(said(busy)).toEqual([]);
  });

  it('leaves alone what it forwards for others', () => {
    const forwarded = rewrite(DRIFT, (text, path) =>
      path.includes('conntrack-L') ? text.replaceAll('10.1.0.2', '10.9.9.9') : text,
    );
    expect(said(forwarded)).toEqual([]);
  });

  it('leaves entries alone of which a filtered listing shows no socket', () => {
    const [ss] = DRIFT.filter(({ path }) => path.includes('3-later/ss'));
    const [entries] = DRIFT.filter(({ path }) => path.includes('3-later/conntrack-L'));
    const text = (of: typeof ss): string => new TextDecoder().decode(of?.bytes);
    const notes = (command: string) => [
      file(
        'notes.txt',
        `pod:/ # ${command}\n${text(ss)}pod:/ # conntrack -L\n${text(entries)}pod:/ # sysctl -a\nnet.netfilter.nf_conntrack_tcp_timeout_established = 432000\nnet.netfilter.nf_conntrack_tcp_timeout_close_wait = 3600\n`,
      ),
    ];
    expect(said(notes('ss -tanoe'))).toHaveLength(2);
    for (const command of ['ss -tanoe | grep 443', 'ss -tanoe state established', 'ss -tln']) {
      expect(said(notes(command))).toEqual([]);
    }
  });

  it('leaves alone one or two, and half-closed entries that are no flood', () => {
    const few = rewrite(DRIFT, (text, path) => {
      if (!path.includes('conntrack-L')) return text;
      const rows = text.split('\n').filter((row) => row !== '');
      const open = new Set(rows.filter((row) => row.includes('ESTABLISHED')).slice(0, 2));
      const half = new Set(rows.filter((row) => row.includes('CLOSE_WAIT')).slice(0, 20));
      return rows.filter((row) => open.has(row) || half.has(row)).join('\n');
    });
    expect(said(few)).toEqual([]);
  });

  it('leaves entries alone that nobody has answered, and those that hardware forwards', () => {
    const odd = rewrite(DRIFT, (text) =>
      text.replaceAll('[ASSURED]', '').replaceAll(/.*CLOSE_WAIT.*\n/g, ''),
    );
    expect(said(odd)).toEqual([]);
  });
});

describe('findDrifts of connections that have no entry any more', () => {
  it('says what the next packet meets, and names the ports', () => {
    const [forgotten] = detect(FORGOTTEN).findings;
    expect(forgotten?.summary).toBe(
      'The proxy has 6 open connections behind port 15001 whose conntrack entries are gone: the next packet on each goes astray.',
    );
    expect(forgotten?.ports).toHaveLength(6);
    expect(forgotten?.story[0]).toContain('Without a packet it stays for 6 s');
  });

  it('is less sure where no earlier listing has had the entries', () => {
    expect(said(without(FORGOTTEN, '1-connected'))).toEqual(['latent likely']);
  });

  it('is past where the connections are gone in the last snapshot', () => {
    const closed = rewrite(
      FORGOTTEN.filter(({ path }) => path.includes('3-later/')),
      (text) => text.replaceAll(/^ESTAB.*\n/gm, ''),
    ).map(({ path, bytes }) => ({ path: path.replace('3-later', '4-last'), bytes }));
    expect(said([...FORGOTTEN, ...closed])).toEqual(['past certain']);
  });

  it('takes the age of a connection from its own TCP info (value ours)', () => {
    const old = rewrite(without(FORGOTTEN, '1-connected', '2-forgotten'), (text, path) =>
      path.includes('ss-')
        ? text.replaceAll(
            /^(ESTAB.*127\.0\.0\.1:15001 .*?)\s*$/gm,
            '$1\n\t cubic lastsnd:70000 lastrcv:70000 lastack:70000',
          )
        : text,
    );
    expect(said(old)).toEqual(['latent likely']);
  });

  it('leaves new connections alone: an entry may have been made after the listing', () => {
    expect(said(without(FORGOTTEN, '1-connected', '2-forgotten'))).toEqual([]);
  });

  it('leaves the half-closed ones to their own family', () => {
    const leaked = recording('recordings/5.19.0/case1');
    expect(said(leaked)).toEqual([]);
  });

  it('leaves connections alone that nothing redirects', () => {
    const plain = rewrite(without(FORGOTTEN, 'iptables'), (text) =>
      text.replaceAll('15001', '8080'),
    );
    expect(said(plain)).toEqual([]);
  });
});
