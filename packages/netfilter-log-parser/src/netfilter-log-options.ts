/** How to date stamps that do not say enough. */
export interface NetfilterLogOptions {
  /** Hours east of UTC of the clock of stamps that name no zone; 0 where not given. */
  readonly utcOffsetHours?: number;
  /** Year of stamps that name none (`Feb 18 13:00:56`); without it such a record's `at` is null. */
  readonly year?: number;
}
