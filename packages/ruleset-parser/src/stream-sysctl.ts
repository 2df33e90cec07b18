import { type StreamOptions, streamRecords } from '@tuplescope/scan';
import { parseSysctlBlock } from './parse-sysctl.ts';
import type { SysctlSetting } from './sysctl-setting.ts';

/**
 * Parses kernel settings as they come and gives them one by one, the same as {@link parseSysctl}
 * gives. Memory holds about 1 MiB of text.
 *
 * @example
 * for await (const { key, value } of streamSysctl(chunks)) console.log(key, value);
 */
export function streamSysctl(
  chunks: AsyncIterable<Uint8Array>,
  options: StreamOptions = {},
): AsyncIterable<SysctlSetting> {
  return streamRecords(chunks, { parse: parseSysctlBlock, startsRecord: () => true }, options);
}
