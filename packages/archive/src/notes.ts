import { MAX_DIAGNOSTICS, type Severity, visible } from '@tuplescope/scan';
import type { ArchiveDiagnostic } from './archive-file.ts';

/** Characters of a name that are shown of a member that was passed over: one may have thousands. */
const MAX_SHOWN = 200;

/** What is said of one place in an archive. */
export interface Note {
  readonly path: string;
  readonly severity: Severity;
  /** In bytes, from the beginning of the archive. */
  readonly offset: number;
  readonly expected: string;
  readonly found: string;
}

/** Members of one kind that were passed over. */
interface Passed {
  readonly severity: Severity;
  readonly path: string;
  readonly what: string;
  readonly first: string;
  readonly offset: number;
  count: number;
}

/** Collects what there is to say of an archive; members that are passed over are told by their kind. */
export class Notes {
  readonly #notes: ArchiveDiagnostic[] = [];
  readonly #passed = new Map<string, Passed>();
  #omitted = 0;

  /** Says one thing; after {@link MAX_DIAGNOSTICS} it is only counted. */
  add(note: Note): void {
    if (this.#notes.length < MAX_DIAGNOSTICS) this.#notes.push(toDiagnostic(note));
    else this.#omitted++;
  }

  /**
   * Says that a member was passed over, once for all of its kind in an archive.
   *
   * @param what the kind, as a plural: `symbolic links`.
   */
  pass(severity: Severity, path: string, what: string, name: string, offset: number): void {
    const key = `${what}\n${path}`;
    const known = this.#passed.get(key);
    if (known !== undefined) known.count++;
    else if (this.#passed.size >= MAX_DIAGNOSTICS) this.#omitted++;
    else this.#passed.set(key, { severity, path, what, first: name, offset, count: 1 });
  }

  /** Gives all of them, with the count of those that were too many as the last. */
  all(path: string): ArchiveDiagnostic[] {
    const passed = [...this.#passed.values()].map(({ what, first, count, ...place }) => {
      const shown = first.length > MAX_SHOWN ? `${first.slice(0, MAX_SHOWN)}…` : first;
      const name = `"${visible(shown)}"`;
      const found = `${what} (${count === 1 ? name : `${count}, the first ${name}`})`;
      return toDiagnostic({ ...place, expected: 'files', found: `${found}: passed over` });
    });
    const all = [...this.#notes, ...passed];
    if (this.#omitted === 0) return all;
    const expected = `at most ${MAX_DIAGNOSTICS} diagnostics`;
    const found = `${this.#omitted} more, not listed`;
    return [...all, toDiagnostic({ path, severity: 'warning', offset: 0, expected, found })];
  }
}

/** Makes the diagnostic of a place. */
export function toDiagnostic({ path, severity, offset, expected, found }: Note): ArchiveDiagnostic {
  const message = `expected ${expected}, found ${found}`;
  const place = { line: 1, column: offset + 1, start: offset, end: offset };
  return { path, severity, ...place, expected, found, message };
}
