import {
  type CaptureOf,
  capturesOf,
  type Incident,
  type Place,
  placeOf,
  type Snapshot,
} from '@tuplescope/incident';

/** A counter's value at one moment. */
export interface CounterSample {
  /** Index of the snapshot. */
  readonly snapshot: number;
  readonly value: number;
  readonly place: Place;
}

/** How a counter went over the snapshots that show it. */
export interface CounterCourse {
  readonly first: CounterSample;
  readonly last: CounterSample;
  /** By how much it rose from the first sample to the last; 0 where there is only one. */
  readonly rise: number;
  /** Whether it was still rising when it was last looked at. */
  readonly isRising: boolean;
}

/**
 * Follows a counter of conntrack (`conntrack -S`, /proc/net/stat/nf_conntrack), summed over the
 * processors, or gives null where no snapshot has it.
 *
 * @param names what the counter is called: the kernel's own file uses other names than the tool.
 * @example
 * conntrackCourse(incident, ['insert_failed'])?.rise // 4
 */
export function conntrackCourse(
  { snapshots }: Incident,
  names: readonly string[],
): CounterCourse | null {
  return courseOf(
    snapshots.flatMap(({ captures }, snapshot) => {
      for (const capture of capturesOf(captures, 'conntrack-statistics')) {
        const samples = processorSums(capture, names);
        if (samples.length > 0) return samples.map((sample) => ({ ...sample, snapshot }));
      }
      return [];
    }),
  );
}

/**
 * Follows a counter of the network stack by nstat's name, or gives null where no snapshot has it.
 *
 * `nstat` without -a prints what was added since it was run last, the first time the total. Of two
 * such values the second is an addition if it is smaller; else it may be a total all the same, and
 * only the difference is sure.
 *
 * @example
 * nstatCourse(incident, 'TcpExtPAWSTimewait')?.rise // 1
 */
export function nstatCourse({ snapshots }: Incident, name: string): CounterCourse | null {
  const samples = snapshots.map((snapshot, index) => nstatSamples(snapshot, index, name));
  const isKnown = samples.some((group) => group.some(({ value }) => value > 0));
  return isKnown ? courseOf(samples.flat()) : null;
}

interface Sample extends CounterSample {
  readonly isAddition?: boolean;
}

function courseOf(samples: readonly Sample[]): CounterCourse | null {
  let first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined) return null;
  let rise = 0;
  let isRising = false;
  for (const [i, sample] of samples.entries()) {
    const before = samples[i - 1];
    if (before === undefined) continue;
    const difference = sample.value - before.value;
    if (difference < 0 && sample.isAddition !== true) {
      // The kernel was booted, or the namespace made anew, in between: counting begins again.
      first = sample;
      rise = 0;
      isRising = false;
      continue;
    }
    const step = difference < 0 ? sample.value : difference;
    rise += step;
    isRising = step > 0;
  }
  return { first, last, rise, isRising };
}

/** A capture may hold several looks, one after the other: a new one begins where the first CPU comes again. */
function processorSums(
  capture: CaptureOf<'conntrack-statistics'>,
  names: readonly string[],
): Omit<CounterSample, 'snapshot'>[] {
  const sums: { value: number; place: Place }[] = [];
  let processor = Number.POSITIVE_INFINITY;
  for (const row of capture.content.table) {
    if (!('counters' in row)) continue;
    const name = names.find((candidate) => row.counters[candidate] !== undefined);
    if (name === undefined) continue;
    const value = row.counters[name] as number;
    const place = placeOf(capture, row.source);
    const sum = sums.at(-1);
    if (sum === undefined || row.cpu <= processor) sums.push({ value, place });
    else {
      sum.value += value;
      sum.place = { ...sum.place, end: place.end };
    }
    processor = row.cpu;
  }
  return sums;
}

/** nstat leaves counters out that are 0; a listing of so many others shows that it would have it. */
const WHOLE = 20;

function nstatSamples({ captures }: Snapshot, snapshot: number, name: string): Sample[] {
  const listings = capturesOf(captures, 'nstat');
  // What is printed as a total tells more than what was added since someone looked.
  const ordered = [...listings.filter(isTotal), ...listings.filter((it) => !isTotal(it))];
  for (const capture of ordered) {
    const isAddition = !isTotal(capture);
    const samples: Sample[] = [];
    if (capture.content.table.value(name) !== null) {
      for (const counter of capture.content.table) {
        if (counter.name !== name) continue;
        const place = placeOf(capture, counter.source);
        samples.push({ snapshot, value: counter.value, place, isAddition });
      }
    } else if (capture.content.table.length >= WHOLE) {
      const place = placeOf(capture, { line: 1, start: 0, end: capture.bytes.length });
      samples.push({ snapshot, value: 0, place, isAddition });
    }
    if (samples.length > 0) return samples;
  }
  return [];
}

/** `nstat -a`, or something else that prints totals: netstat, the files of /proc. */
function isTotal({ command, path }: CaptureOf<'nstat'>): boolean {
  const words = command ?? path.slice(path.lastIndexOf('/') + 1).replaceAll('_', ' ');
  const options = /(?:^|[\s/])nstat(?:\.\w+)?(?=$|[\s|-])([^|]*)/.exec(words)?.[1];
  return options === undefined || /(?:^|\s)-\w*a|--ignore/.test(options.replace('.txt', ''));
}
