/** A file of an incident, as its owner hands it over: a name and its bytes, never a path to open. */
export interface CapturedFile {
  /** Name with folders, `/` between them; a member of an archive is `bundle.tar.gz!/ss.txt`. */
  readonly path: string;
  /** The whole content. */
  readonly bytes: Uint8Array;
}
