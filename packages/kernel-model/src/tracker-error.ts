/** What a tracker cannot work with. */
export type TrackerErrorCode =
  | 'unknown-profile'
  | 'bad-sysctl'
  | 'bad-packet'
  | 'bad-nat-rule'
  | 'bad-socket'
  | 'bad-pod';

/** Thrown for input that no kernel could have met; names the value and what is allowed. */
export class TrackerError extends Error {
  readonly code: TrackerErrorCode;
  /** Where the value stood: `seq`, `nf_conntrack_tcp_loose`, `nat[2].port`. */
  readonly field: string;
  readonly value: unknown;
  /** What is allowed there, in words. */
  readonly expected: string;

  constructor(code: TrackerErrorCode, field: string, value: unknown, expected: string) {
    super(`${field}: expected ${expected}, found ${show(value)}`);
    this.name = 'TrackerError';
    this.code = code;
    this.field = field;
    this.value = value;
    this.expected = expected;
  }
}

const LONGEST = 60;

/** Shows a value of any type in a message, cut where it is long. */
function show(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
