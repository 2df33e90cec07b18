import {
  type DropRule,
  findDropRules,
  type InterceptionPort,
  interceptionPorts,
} from '@tuplescope/ruleset-parser';
import { type Capture, capturesOf } from './capture.ts';
import { type Place, placeOf } from './place.ts';

/** A port to which traffic is sent that was meant for another. */
export interface Interception {
  readonly direction: 'inbound' | 'outbound';
  readonly port: number;
  /** The rule that says so, or null where the port is the default of a known proxy. */
  readonly place: Place | null;
}

/**
 * Says which ports intercept traffic: by the rules; where none were captured, or none of them sends
 * traffic anywhere, by the defaults of the known proxies.
 */
export function findInterception(captures: readonly Capture[]): Interception[] {
  const found = new Map<string, Interception>();
  for (const capture of capturesOf(captures, 'ruleset')) {
    for (const point of interceptionPorts(capture.content.table)) {
      const { direction, port, protocol, from } = point;
      const key = `${direction} ${port}`;
      if (found.has(key) || (protocol !== null && !protocol.includes('tcp'))) continue;
      found.set(key, { direction, port, place: from === null ? null : placeOf(capture, from) });
    }
  }
  return found.size > 0 ? [...found.values()] : interceptionPorts(null).map(wellKnown);
}

function wellKnown({ direction, port }: InterceptionPort): Interception {
  return { direction, port, place: null };
}

/** A rule that throws TCP packets away, with its place. */
export interface PlacedDropRule extends DropRule {
  readonly place: Place;
}

/** Finds the rules that drop or reject TCP packets, each once where several listings show it. */
export function findPlacedDropRules(captures: readonly Capture[]): PlacedDropRule[] {
  const found = new Map<string, PlacedDropRule>();
  for (const capture of capturesOf(captures, 'ruleset')) {
    for (const dropRule of findDropRules(capture.content.table)) {
      const { rule } = dropRule;
      const key = `${rule.chain} ${JSON.stringify(rule.match)}`;
      if (!found.has(key)) found.set(key, { ...dropRule, place: placeOf(capture, rule.source) });
    }
  }
  return [...found.values()];
}

/** The kernel as the incident names it. */
export interface KernelName {
  /** What `uname -r` prints. */
  readonly release: string;
  /** As `uname -a` prints it, where the incident has that: it may name the distribution's own version. */
  readonly text: string;
  readonly place: Place;
}

/** Finds the kernel's name: the most telling of the captures that hold one. */
export function findKernel(captures: readonly Capture[]): KernelName | null {
  const names = capturesOf(captures, 'uname').map((capture) => {
    const { release, version, machine, hostname, source } = capture.content.uname;
    const text =
      version === null
        ? release
        : `Linux ${hostname ?? 'localhost'} ${release} ${version} ${machine ?? ''}`.trimEnd();
    return { release, text, place: placeOf(capture, source) };
  });
  return names.sort((a, b) => b.text.length - a.text.length)[0] ?? null;
}

/**
 * Finds a sysctl's value, as text, in the last capture that has it; the key with dots, as `sysctl`
 * prints it.
 */
export function findSysctl(captures: readonly Capture[], key: string): string | null {
  const values = capturesOf(captures, 'sysctl').flatMap(
    ({ content }) => content.table.value(key) ?? [],
  );
  return values.at(-1) ?? null;
}
