/** What the caller knows of the machine that printed the text. */
export interface TcpdumpOptions {
  /**
   * Hours that its clock was ahead of UTC: the stamps of `-tttt` are local times that name no zone.
   * Epoch stamps (`-tt`) need none. 0 where not given.
   */
  readonly utcOffsetHours?: number;
}
