/** What the caller knows of the machine that printed the text. */
export interface ConntrackOptions {
  /**
   * How many hours the clock of the capturing machine was ahead of UTC: `[start=…]` and the `<when>`
   * of XML events are local times that name no zone. Default 0.
   */
  readonly utcOffsetHours?: number;
}
