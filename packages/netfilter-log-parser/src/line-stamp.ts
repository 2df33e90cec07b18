/**
 * What stands before a kernel message: filled anew for each line, so that a million lines need one
 * object. Unknown numbers are NaN or -1.
 */
export class LineStamp {
  /** Seconds since the epoch. */
  at: number = Number.NaN;
  /** Seconds since boot. */
  uptime: number = Number.NaN;
  /** Seconds since midnight by the stamp's clock. */
  timeOfDay: number = Number.NaN;
  /** Syslog facility. */
  facility = -1;
  /** Syslog severity. */
  level = -1;
  /** First byte of the host name. */
  hostStart = 0;
  /** Offset after the host name; equal to `hostStart` where there is none. */
  hostEnd = 0;
  /** Hours east of UTC of stamps without a zone. */
  readonly utcOffsetHours: number;
  /** Year of stamps without one, or -1. */
  readonly year: number;

  constructor(utcOffsetHours: number, year: number) {
    this.utcOffsetHours = utcOffsetHours;
    this.year = year;
  }

  /** Forgets the last line. */
  clear(): void {
    this.at = Number.NaN;
    this.uptime = Number.NaN;
    this.timeOfDay = Number.NaN;
    this.facility = -1;
    this.level = -1;
    this.hostStart = 0;
    this.hostEnd = 0;
  }
}
