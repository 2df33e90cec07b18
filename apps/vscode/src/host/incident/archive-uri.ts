import { Uri } from 'vscode';

/** The scheme of files that are packed in an archive of an incident. */
export const ARCHIVE_SCHEME = 'tuplescope-archive';

/** Makes the address of a packed file: its name in the incident, and which incident that is. */
export function memberUri(root: Uri, path: string): Uri {
  return Uri.from({ scheme: ARCHIVE_SCHEME, path: `/${path}`, query: root.toString() });
}
