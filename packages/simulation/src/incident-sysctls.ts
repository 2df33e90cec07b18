import type { Incident } from '@tuplescope/incident';
import {
  ALL_PROFILES,
  createTracker,
  defaultSysctls,
  type Profile,
  type Sysctls,
} from '@tuplescope/kernel-model';

/** Sysctls by their short names. */
export type SysctlValues = Readonly<Partial<Sysctls>>;

/** The short name of each sysctl that the model knows. */
export const SYSCTL_NAMES: readonly (keyof Sysctls)[] = Object.keys(
  defaultSysctls([]),
) as (keyof Sysctls)[];

/** A kernel that has every sysctl: it says which values can be. */
const MODERN = 'mainline-7.3';

/**
 * Reads a sysctl's value, or says in words what it should be.
 *
 * @example
 * readSysctl('ip_local_port_range', '32768 60999') // [32768, 60999]
 */
export function readSysctl(
  name: keyof Sysctls,
  text: string,
): number | readonly [number, number] | { readonly expected: string } {
  const numbers = text.trim().split(/\s+/).map(readInteger);
  if (name === 'ip_local_port_range') {
    const [low = Number.NaN, high = Number.NaN, ...more] = numbers;
    const isRange = more.length === 0 && low >= 1 && low <= high && high <= 65_535;
    return isRange ? [low, high] : { expected: 'two ports from 1 to 65535, the smaller first' };
  }
  const [value = Number.NaN] = numbers;
  if (numbers.length > 1 || Number.isNaN(value)) return { expected: 'one integer, 0 or more' };
  try {
    createTracker({ profile: MODERN, sysctls: { [name]: value } });
    return value;
  } catch (error) {
    return { expected: (error as { expected?: string }).expected ?? 'another value' };
  }
}

function readInteger(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

/** What an incident's captures say of the sysctls that the model knows. */
export interface IncidentSysctls {
  /** Those that somebody has set: other than what a new namespace of this kernel starts with. */
  readonly set: SysctlValues;
  /** All that were captured. */
  readonly captured: SysctlValues;
  /** Values that no kernel takes, in sentences. */
  readonly problems: readonly string[];
}

/**
 * Reads the sysctls of an incident. What is as this kernel has it by default is not taken over: another
 * kernel may have another default.
 *
 * @param own the incident's kernel; where it is not known, the defaults of all profiles count.
 */
export function incidentSysctls(incident: Incident, own: Profile | null): IncidentSysctls {
  const captured: Record<string, unknown> = {};
  const set: Record<string, unknown> = {};
  const problems: string[] = [];
  const kernels = own === null ? ALL_PROFILES : [own];
  for (const name of SYSCTL_NAMES) {
    const full = fullName(name);
    const text = incident.sysctl(full);
    if (text === null) continue;
    const value = readSysctl(name, text);
    if (typeof value === 'object' && 'expected' in value) {
      problems.push(`${full} = ${text.slice(0, 40)} is left out: expected ${value.expected}.`);
      continue;
    }
    captured[name] = value;
    const isDefault = kernels.some(({ sysctls }) => String(sysctls[name]) === String(value));
    if (!isDefault) set[name] = value;
  }
  return { set, captured, problems };
}

/** Gives the name with dots, as `sysctl` prints it. */
function fullName(name: keyof Sysctls): string {
  return name.startsWith('nf_') ? `net.netfilter.${name}` : `net.ipv4.${name}`;
}
