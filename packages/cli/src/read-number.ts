import { UsageError } from './usage-error.ts';

/** Reads a number given to an option, or throws a usage error that names the allowed ones. */
export function readNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw new UsageError(`${option} takes a number from ${least} to ${most}, not "${text}"`);
}
