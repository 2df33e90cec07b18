import { readdirSync, readFileSync } from 'node:fs';
import type { CapturedSegment } from '../capture.ts';
import type { NatEntry } from '../nat-knowledge.ts';

const folder = new URL('../../fixtures/', import.meta.url);

/** A recording: its captures by name, and the entries that conntrack told of. */
export interface Recording {
  readonly captures: { readonly name: string; readonly segments: readonly CapturedSegment[] }[];
  readonly entries: readonly NatEntry[];
}

/** Names of the recordings that begin so. */
export function fixtureNames(pattern: RegExp): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .filter((name) => pattern.test(name));
}

/** Reads a recording. */
export function readFixture(name: string): Recording {
  const { entries, ...lists } = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
  const captures = Object.entries(lists).map(([capture, segments]) => ({
    name: capture,
    segments: segments as CapturedSegment[],
  }));
  return { captures, entries };
}
