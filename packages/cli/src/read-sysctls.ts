import { defaultSysctls, type Sysctls } from '@tuplescope/kernel-model';
import { UsageError } from './usage-error.ts';

/** The sysctls that the model knows, by the last part of their names. */
const KNOWN = defaultSysctls(['ignore-rst-sysctl', 'linear-syn-timeouts', 'port-step-width']);

/**
 * Reads `--sysctl KEY=VALUE` options; a key may be the last part of its name or the whole, with dots
 * or slashes. A key that the model does not know and a value that is no number are mistakes of usage.
 *
 * @example
 * readSysctls(['net.netfilter.nf_conntrack_tcp_be_liberal=1']) // { nf_conntrack_tcp_be_liberal: 1 }
 */
export function readSysctls(options: readonly string[]): Partial<Sysctls> {
  const sysctls: Record<string, number | readonly number[]> = {};
  for (const option of options) {
    const [key = '', value = ''] = option.split(/=(.*)/s).map((part) => part.trim());
    const name = key.split(/[./]/).at(-1) ?? '';
    if (!Object.hasOwn(KNOWN, name)) {
      const example = 'as in nf_conntrack_tcp_be_liberal=1';
      throw new UsageError(`--sysctl ${option}: expected a sysctl of the model, ${example}`);
    }
    const numbers = value.split(/\s+/).map((text) => (/^\d+$/.test(text) ? Number(text) : null));
    const wanted = Array.isArray(KNOWN[name as keyof Sysctls]) ? 2 : 1;
    if (numbers.length !== wanted || numbers.includes(null)) {
      const what = wanted === 1 ? 'a number' : 'two numbers';
      throw new UsageError(`--sysctl ${option}: expected ${what} for ${name}, found "${value}"`);
    }
    sysctls[name] = wanted === 1 ? (numbers[0] as number) : (numbers as number[]);
  }
  return sysctls as Partial<Sysctls>;
}
