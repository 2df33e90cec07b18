import { type Incident, readIncidents } from '@tuplescope/incident';
import { describe, expect, it } from 'vitest';
import { conntrackCourse, nstatCourse } from './counter-course.ts';
import { file } from './testing/recordings.ts';

/** An incident of stage folders, each with one file of this name. */
const incident = (name: string, ...texts: readonly string[]): Incident => {
  const [first] = readIncidents(texts.map((text, i) => file(`pod/${i + 1}-stage/${name}`, text)));
  if (first === undefined) throw new Error('expected an incident');
  return first;
};
const stats = (...failed: readonly number[]): string =>
  failed
    .map((n, cpu) => `cpu=${cpu}   \tfound=1 invalid=0 insert=0 insert_failed=${n} drop=${n} \n`)
    .join('');
const totals = (passive: number): string =>
  `#kernel\nTcpInSegs                       900                0.0\nTcpExtPAWSPassive               ${passive}                  0.0\n`;

const rise = (of: Incident) => conntrackCourse(of, ['insert_failed'])?.rise;

describe('conntrackCourse', () => {
  it('sums a counter over the processors, from the first snapshot to the last', () => {
    const of = incident('conntrack-S.txt', stats(1, 2), stats(3, 2), stats(3, 4));
    expect(conntrackCourse(of, ['insert_failed'])).toMatchObject({
      first: { value: 3, snapshot: 0 },
      last: { value: 7, snapshot: 2, place: { file: 'pod/3-stage/conntrack-S.txt', line: 1 } },
      rise: 4,
      isRising: true,
    });
  });

  it('says whether it was still rising', () => {
    const of = incident('conntrack-S.txt', stats(1, 2), stats(3, 2), stats(3, 2));
    expect(conntrackCourse(of, ['insert_failed'])).toMatchObject({ rise: 2, isRising: false });
  });

  it('takes looks in one capture one after the other', () => {
    expect(rise(incident('conntrack-S.txt', stats(1, 2) + stats(5, 2)))).toBe(4);
  });

  it('sees no rise in one look, nor where counting began again', () => {
    expect(rise(incident('conntrack-S.txt', stats(7, 7)))).toBe(0);
    expect(rise(incident('conntrack-S.txt', stats(7, 7), stats(0, 1)))).toBe(0);
    expect(rise(incident('conntrack-S.txt', stats(7, 7), stats(0, 1), stats(0, 3)))).toBe(2);
  });

  it('knows the names of the file of the kernel', () => {
    const hex = (n: string) =>
      `entries  clashres found insert_failed\n00000001  ${n} 00000000 00000000\n`;
    const of = incident('proc-net-stat-nf_conntrack.txt', hex('00000001'), hex('0000000b'));
    expect(conntrackCourse(of, ['clash_resolve', 'clashres'])?.rise).toBe(10);
  });
});

describe('nstatCourse', () => {
  it('gives the difference of totals', () => {
    const of = incident('nstat-zas.txt', totals(5), totals(9));
    expect(nstatCourse(of, 'TcpExtPAWSPassive')).toMatchObject({
      last: { value: 9, place: { line: 3 } },
      rise: 4,
    });
  });

  it('takes what nstat without -a prints for an addition only where it cannot be a total', () => {
    const course = (...values: readonly number[]) =>
      nstatCourse(incident('nstat.txt', ...values.map(totals)), 'TcpExtPAWSPassive')?.rise;
    expect(course(5, 3)).toBe(3);
    expect(course(5, 9)).toBe(4);
    expect(course(5)).toBe(0);
  });

  it('takes a counter that a whole listing leaves out for 0', () => {
    const others = Array.from({ length: 30 }, (_, i) => `TcpExtTCPOther${i}    1     0.0\n`).join(
      '',
    );
    const of = incident('nstat-as.txt', `#kernel\n${others}`, `${totals(3)}${others}`);
    expect(nstatCourse(of, 'TcpExtPAWSPassive')?.rise).toBe(3);
    const pasted = incident('nstat-as.txt', totals(0).replace(/.*PAWS.*\n/, ''), totals(3));
    expect(nstatCourse(pasted, 'TcpExtPAWSPassive')?.rise).toBe(0);
  });

  it('has nothing to tell of a counter that is nowhere above 0', () => {
    expect(nstatCourse(incident('nstat-zas.txt', totals(0), totals(0)), 'TcpExtPAWSPassive')).toBe(
      null,
    );
  });
});
