import { isoTime } from './iso-time.ts';
import type { Report, ReportClock, ReportFile, ReportKernel } from './report.ts';
import { count, someOf } from './text-style.ts';

/** More names than this are counted. */
const MOST_NAMES = 5;

/** What was read, with its title; a line that goes on with the one before has none. */
export type ContextFact = readonly [title: string, text: string];

/** Says what was read, with what clock and kernel: the last thing a reader asks. */
export function contextFacts(report: Report): ContextFact[] {
  const { files, clocks } = report.incident;
  const facts: ContextFact[] = [
    ...(report.kernels ?? [report.kernel]).flatMap(kernelFacts),
    ['Rules', interceptionText(report)],
    ['Read', readText(report)],
    ...clocks.map((clock): ContextFact => ['Clock', clockText(clock)]),
    ['Trouble', troubleText(files)],
  ];
  return facts.filter(([, text]) => text !== '');
}

function kernelFacts(kernel: ReportKernel): ContextFact[] {
  const { namespace, release, profile, confidence, why, contradictedBy } = kernel;
  const where = namespace === undefined ? '' : `${namespace}: `;
  const named = profile === null ? '' : `, profile ${profile} (${confidence})`;
  return [
    ['Kernel', `${where}${release ?? 'unknown'}${named}. ${why}`],
    ...contradictedBy.map(({ file, packet, why: contradiction }): ContextFact => {
      const place = packet === null ? file : `${file} packet ${packet}`;
      return ['', `But ${place}: ${contradiction}`];
    }),
  ];
}

/** Ports by rule with their places; those that are only assumed in one list. */
function interceptionText({ interception }: Report): string {
  const told = interception.map(({ direction, port, from, namespace }) => {
    const where = namespace === undefined ? '' : `${namespace}: `;
    return {
      isRuled: !from.startsWith('well-known'),
      port,
      text: `${where}${direction} traffic goes to port ${port} (${from})`,
    };
  });
  const ruled = told.filter(({ isRuled }) => isRuled).map(({ text }) => text);
  const assumed = [...new Set(told.filter(({ isRuled }) => !isRuled).map(({ port }) => port))];
  const assumption = `no captured rule redirects traffic; the usual ports are assumed: ${assumed.join(', ')}`;
  return [...ruled, ...(assumed.length === 0 ? [] : [assumption])].join('; ');
}

function readText({ incident: { files, snapshots } }: Report): string {
  const paths = new Set(files.map(({ path }) => path));
  const isUnread = ({ kind }: ReportFile): boolean => kind === 'unknown';
  const unread = [...new Set(files.filter(isUnread).map(({ path }) => path))];
  const outputs = files.filter((file) => !isUnread(file)).length;
  const read = `${count(outputs, 'output')} in ${count(paths.size, 'file')}, ${count(snapshots.length, 'snapshot')}.`;
  return unread.length === 0 ? read : `${read} Not read: ${someOf(unread, MOST_NAMES)}.`;
}

/** An offset of decades is that of a clock that began when the kernel did. */
function clockText({ file, offsetSeconds, from }: ReportClock): string {
  if (offsetSeconds > 1e8) {
    return `${file} counts the seconds from the boot at ${isoTime(offsetSeconds)}, by ${from}.`;
  }
  const where = offsetSeconds >= 0 ? 'behind' : 'ahead of';
  return `${file} is ${Math.abs(offsetSeconds).toFixed(1)} s ${where} the packets, by ${from}.`;
}

function troubleText(files: readonly ReportFile[]): string {
  const problems = files.flatMap(({ path, diagnostics }) =>
    diagnostics.filter(({ severity }) => severity !== 'hint').map(({ line }) => `${path}:${line}`),
  );
  if (problems.length === 0) return '';
  return `${count(problems.length, 'line')} could not be read well: ${someOf(problems, MOST_NAMES)}; --format json says why.`;
}
