/** What the caller knows of the machine that captured. */
export interface TcpdumpOptions {
  /**
   * The zone of `-tttt` stamps, in hours east of UTC: tcpdump prints the local time of the host it
   * runs on and never says which zone that is. 0 without it. Epoch stamps (`-tt`) need none.
   */
  readonly utcOffsetHours?: number;
}
