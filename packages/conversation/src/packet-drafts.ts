import type { Sighting } from './conversation-packet.ts';

/**
 * The packets of one conversation while its sightings are put together, as columns; used again for
 * each conversation, since most are short.
 */
export class PacketDrafts {
  /** How many packets there are. */
  length = 0;
  /** 1 for a packet of the server, else 0. */
  reply: Uint8Array = new Uint8Array(0);
  flags: Uint16Array = new Uint16Array(0);
  seq: Uint32Array = new Uint32Array(0);
  ack: Uint32Array = new Uint32Array(0);
  len: Uint32Array = new Uint32Array(0);
  /** Bits of the column `doubts`; `LACKS_ACK` also where there is no ACK. */
  doubts: Uint8Array = new Uint8Array(0);
  /** IPv4 identification, 0 for none, -1 where it is not known. */
  ipId: Int32Array = new Int32Array(0);
  /** Seconds of the tracker, NaN without. */
  at: Float64Array = new Float64Array(0);
  /** The packet before it that looks the same, or -1. */
  alike: Int32Array = new Int32Array(0);
  /** Its last sighting. */
  lastSighting: Int32Array = new Int32Array(0);
  /** All its sightings. */
  sightings: Sighting[][] = [];

  /** By sighting: the number of the capture and of the interface. */
  point: Uint32Array = new Uint32Array(0);
  /** By sighting: the flow that it is of. */
  flow: Uint32Array = new Uint32Array(0);
  /** By sighting: the one of the same packet before it, or -1. */
  sightingBefore: Int32Array = new Int32Array(0);

  /** Empties the columns, and makes room for so many sightings. */
  reset(sightings: number): void {
    this.length = 0;
    this.sightings = [];
    if (sightings <= this.flags.length) return;
    const rows = Math.max(256, sightings, this.flags.length * 2);
    this.reply = new Uint8Array(rows);
    this.flags = new Uint16Array(rows);
    this.seq = new Uint32Array(rows);
    this.ack = new Uint32Array(rows);
    this.len = new Uint32Array(rows);
    this.doubts = new Uint8Array(rows);
    this.ipId = new Int32Array(rows);
    this.at = new Float64Array(rows);
    this.alike = new Int32Array(rows);
    this.lastSighting = new Int32Array(rows);
    this.point = new Uint32Array(rows);
    this.flow = new Uint32Array(rows);
    this.sightingBefore = new Int32Array(rows);
  }

  /** Says whether a packet was seen at this point on this flow. */
  wasSeenAt(packet: number, point: number, flow: number): boolean {
    let sighting = this.lastSighting[packet] as number;
    while (sighting >= 0) {
      if (this.point[sighting] === point && this.flow[sighting] === flow) return true;
      sighting = this.sightingBefore[sighting] as number;
    }
    return false;
  }

  /** Says whether two packets were seen at one point on one flow. */
  wereSeenTogether(packet: number, other: number): boolean {
    let sighting = this.lastSighting[packet] as number;
    while (sighting >= 0) {
      const point = this.point[sighting] as number;
      if (this.wasSeenAt(other, point, this.flow[sighting] as number)) return true;
      sighting = this.sightingBefore[sighting] as number;
    }
    return false;
  }
}
