/**
 * Writes a path as a relative reference of RFC 3986, so that a report can move with its files: an
 * absolute path loses its root, a path upwards its dots.
 *
 * @example
 * relativeUri('/tmp/my dump/ss.txt') // 'tmp/my%20dump/ss.txt'
 */
export function relativeUri(path: string): string {
  const parts = path
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .split(/[/\\]+/)
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  return parts.map(encodeURIComponent).join('/') || '-';
}
