/** What the caller knows of the machine that printed the text. */
export interface NetfilterLogOptions {
  /** Hours that its clock was ahead of UTC: most stamps name no zone. 0 where not given. */
  readonly utcOffsetHours?: number;
  /** Year of stamps that name none (`Feb 18 13:00:56`); without it such a record's `at` is null. */
  readonly year?: number;
}
