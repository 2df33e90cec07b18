import type { KernelPoint } from '../kernel-point.ts';
import { readKernelPoint } from '../kernel-point.ts';
import type { ProfileMatch } from '../profile-match.ts';
import { lastKnownPoint, matchRange } from './match-range.ts';
import { DEB_CHANGELOG, DEBIAN_VERSION, RST_LOG } from './probes.ts';
import type { Release } from './release.ts';

/** ABI numbers of `uname -r` whose upstream version is known: 5.10.0-30 is 5.10.218. */
const ABI: Readonly<Record<string, readonly (readonly [abi: number, point: number])[]>> = {
  '5.10': [
    [30, 218],
    [46, 262],
  ],
  '6.1': [
    // The kernel that Debian 12 was released with.
    [9, 27],
    [47, 170],
    [56, 192],
  ],
};

// `-47-cloud-amd64`, `-0.deb11.13-amd64`: Debian's flavours end in its names of machines.
const ABI_SUFFIX =
  /^-(?:0\.(?:bpo|deb\d+)\.)?(\d{1,4})-(?:[a-z0-9]+-){0,4}(?:amd64|arm64|686|pae|armmp|lpae|marvell|powerpc64le|s390x|riscv64|mips64el|loong64)(?:-unsigned)?$/;

// `#1 SMP … Debian 6.1.170-3`: before the `#`, /proc/version names the compiler's Debian package.
const BUILD = /#\d.*\bDebian (?=\d)(\S+)/;

/** Reads a Debian release; null where it is none. */
export function readDebian(release: Release): ProfileMatch | null {
  const { kernel, suffix, build } = release;
  const version = BUILD.exec(build)?.[1];
  const upstream = version === undefined ? null : readKernelPoint(version);
  if (upstream !== null) {
    const said = `uname -a says Debian ${version}.`;
    return matchDebian(upstream.kernel, upstream.kernel, upstream.kernel, said);
  }
  if (/^\+deb\d/.test(suffix)) return matchDebian(kernel, kernel, kernel, 'It is a Debian kernel.');
  const abi = ABI_SUFFIX.exec(suffix)?.[1];
  if (abi === undefined || kernel.point !== 0) return null;
  return readAbi(kernel, Number(abi));
}

function matchDebian(
  first: KernelPoint,
  last: KernelPoint,
  guess: KernelPoint,
  said: string,
): ProfileMatch {
  const probe = [DEBIAN_VERSION, DEB_CHANGELOG, RST_LOG];
  const range = { family: 'debian', builder: 'debian', most: 'certain' } as const;
  return matchRange({ ...range, first, last, guess, said, probe });
}

/** ABI numbers rise with the upstream version: what lies between two known ones lies between both. */
function readAbi(kernel: KernelPoint, abi: number): ProfileMatch {
  const { line } = kernel;
  const known = ABI[line] ?? [];
  const at = (point: number): KernelPoint => ({ ...kernel, point });
  const [abiBefore, before] = known.findLast(([number]) => number <= abi) ?? [0, 0];
  if (abiBefore === abi) {
    return matchDebian(
      at(before),
      at(before),
      at(before),
      `Debian's ${line}.0-${abi} is ${line}.${before}.`,
    );
  }
  const [abiAfter, after] = known.find(([number]) => number > abi) ?? [null, null];
  const notUpstream = `${abi} is Debian's ABI number and not the upstream version`;
  if (abiAfter === null) {
    const last = at(Math.max(before + 1, lastKnownPoint(line)));
    const said = `${notUpstream}, which is ${before === 0 ? 'not known' : `later than ${line}.${before}`}.`;
    return matchDebian(at(before), last, last, said);
  }
  const share = (abi - abiBefore) / (abiAfter - abiBefore);
  const guess = at(Math.round(before + share * (after - before)));
  const said = `${notUpstream}, which lies between ${line}.${before} and ${line}.${after}.`;
  return matchDebian(at(before), at(after), guess, said);
}
