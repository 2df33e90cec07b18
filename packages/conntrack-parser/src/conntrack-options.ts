/** What the caller knows of the machine that printed the text. */
export interface ConntrackOptions {
  /**
   * Hours that its clock was ahead of UTC: `[start=…]` and the `<when>` of XML events are local times
   * that name no zone. 0 where not given.
   */
  readonly utcOffsetHours?: number;
}
