import { visible } from '@tuplescope/scan';
import { MAX_NAME_LENGTH } from './archive-limits.ts';

/** A name that can be used, or what kind of name it is that cannot, as a plural. */
export type MemberName = { readonly name: string } | { readonly why: string };

/**
 * Takes a member's name where it is relative, stays inside the archive and shows as what it is. Nothing
 * is ever written, but whoever gets the name may join it to a folder.
 *
 * @example
 * memberName('./logs//dmesg') // { name: 'logs/dmesg' }
 * memberName('../../etc/passwd') // { why: 'names that lead out of the archive' }
 */
export function memberName(raw: string): MemberName {
  if (raw.length > MAX_NAME_LENGTH) return { why: `names over ${MAX_NAME_LENGTH} characters` };
  if (visible(raw) !== raw) return { why: 'names with control characters' };
  if (/^(?:[\\/]|[A-Za-z]:[\\/])/.test(raw)) return { why: 'absolute names' };
  // In a .zip either may part folders; elsewhere a backslash is a character like any other.
  if (raw.split(/[\\/]/).includes('..')) return { why: 'names that lead out of the archive' };
  const parts = raw.split('/').filter((part) => part !== '' && part !== '.');
  return parts.length === 0 ? { why: 'members without a name' } : { name: parts.join('/') };
}
