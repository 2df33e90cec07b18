import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import type { RecordedSequence, RecordedStep } from '../replay/recorded-sequence.ts';

type Observation = Readonly<Record<string, unknown>>;

interface Kernel {
  readonly kernel: string;
  /** The kernel of which this one keeps the differences only. */
  readonly like: number | null;
  /** Sysctls that it does not have. */
  readonly lacks: readonly string[];
}

interface CompactSequence {
  readonly seed: number;
  readonly nat: boolean;
  readonly client: string;
  readonly dst: string;
  readonly server: string;
  readonly sysctls: Readonly<Record<string, number | null>>;
  readonly packets: readonly Observation[];
  /** For each kernel all observations, or those that differ, by the packet's place. */
  readonly seen: readonly (readonly Observation[] | Readonly<Record<string, Observation>>)[];
}

/** The recordings of all kernels. */
export interface RecordedVectors {
  readonly kernels: readonly string[];
  /** Each sequence as every kernel met it, in the order of `kernels`. */
  sequences(): Generator<readonly RecordedSequence[]>;
}

/** Reads the project's copy of the recordings. */
export function readRecordedVectors(): RecordedVectors {
  const file = new URL('../../fixtures/vectors.jsonl.br', import.meta.url);
  const text = brotliDecompressSync(readFileSync(file)).toString();
  const [head = '', ...lines] = text.trimEnd().split('\n');
  const { kernels } = JSON.parse(head) as { kernels: Kernel[] };
  return {
    kernels: kernels.map(({ kernel }) => kernel),
    *sequences() {
      for (const line of lines) yield expand(JSON.parse(line) as CompactSequence, kernels);
    },
  };
}

function expand(compact: CompactSequence, kernels: readonly Kernel[]): RecordedSequence[] {
  const { seed, nat, client, dst, server, packets: inputs, seen } = compact;
  const steps: RecordedStep[][] = [];
  return kernels.map(({ kernel, like, lacks }, k) => {
    const own: [string, Observation][] = Object.entries(seen[k] ?? {});
    const packets = like === null ? [] : [...(steps[like] ?? [])];
    for (const [place, observation] of own) {
      const step = { ...inputs[Number(place)], ...observation };
      packets[Number(place)] = step as unknown as RecordedStep;
    }
    steps.push(packets);
    const sysctls = { ...compact.sysctls };
    for (const name of lacks) sysctls[name] = null;
    return { kernel, seed, nat, client, dst, server, sysctls, packets };
  });
}
