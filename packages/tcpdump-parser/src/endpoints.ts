import { readIpv4 } from '@tuplescope/net';
import { BLANK, readUnsigned, skipBlanks } from '@tuplescope/scan';
import { type Cursor, takeText } from './cursor.ts';
import { fail, type PacketDraft } from './packet-draft.ts';
import { servicePort } from './service-ports.ts';

/**
 * Takes `src.port > dst.port:` and the blanks after it. The last dot separates the port, in
 * `10.0.0.1.80`, `fe80::2.443` and `db.example.http` alike; an address without port leaves the port
 * at -1. False, with what was expected, where no such pair stands here.
 */
export function takeEndpoints(cursor: Cursor, draft: PacketDraft): boolean {
  if (!takeSource(cursor, draft)) return false;
  if (!takeText(cursor, ' > ')) return fail(draft, cursor, '" > " after the source');
  if (!takeDestination(cursor, draft)) return false;
  if (!takeText(cursor, ':')) return fail(draft, cursor, 'a ":" after the destination');
  cursor.at = skipBlanks(cursor.bytes, cursor.at, cursor.end);
  return true;
}

/** What the last call of `takeQuad` found: one shared place, so that no object is made a packet. */
const quad = { address: 0, addressEnd: 0, port: 0 };

function takeSource(cursor: Cursor, draft: PacketDraft): boolean {
  const start = cursor.at;
  draft.srcStart = start;
  draft.sportStart = 0;
  draft.sportEnd = 0;
  if (takeQuad(cursor)) {
    draft.srcIpv4 = quad.address;
    draft.srcEnd = quad.addressEnd;
    draft.sport = quad.port;
    return true;
  }
  const end = endpointEnd(cursor.bytes, start, cursor.end);
  const dot = portDot(cursor.bytes, start, end);
  if (dot === NOT_AN_ADDRESS) return fail(draft, cursor, 'a source address');
  cursor.at = end;
  draft.srcEnd = dot < 0 ? end : dot;
  draft.srcIpv4 = readIpv4(cursor.bytes, start, draft.srcEnd);
  draft.sport = dot < 0 ? -1 : readPort(cursor.bytes, dot + 1, end);
  if (dot >= 0 && !isNumber(cursor.bytes, dot + 1, end)) {
    draft.sportStart = dot + 1;
    draft.sportEnd = end;
  }
  return true;
}

function takeDestination(cursor: Cursor, draft: PacketDraft): boolean {
  const start = cursor.at;
  draft.dstStart = start;
  draft.dportStart = 0;
  draft.dportEnd = 0;
  if (takeQuad(cursor)) {
    draft.dstIpv4 = quad.address;
    draft.dstEnd = quad.addressEnd;
    draft.dport = quad.port;
    return true;
  }
  let end = endpointEnd(cursor.bytes, start, cursor.end);
  if (end > start && cursor.bytes[end - 1] === 0x3a) end--;
  const dot = portDot(cursor.bytes, start, end);
  if (dot === NOT_AN_ADDRESS) return fail(draft, cursor, 'a destination address');
  cursor.at = end;
  draft.dstEnd = dot < 0 ? end : dot;
  draft.dstIpv4 = readIpv4(cursor.bytes, start, draft.dstEnd);
  draft.dport = dot < 0 ? -1 : readPort(cursor.bytes, dot + 1, end);
  if (dot >= 0 && !isNumber(cursor.bytes, dot + 1, end)) {
    draft.dportStart = dot + 1;
    draft.dportEnd = end;
  }
  return true;
}

/** Takes `10.0.0.1.40000`, four parts below 256 and a port, up to a blank or a colon. */
function takeQuad(cursor: Cursor): boolean {
  const { bytes, end } = cursor;
  let at = cursor.at;
  let address = 0;
  for (let part = 0; part < 4; part++) {
    let value = (bytes[at] as number) - 48;
    if (!(value >= 0 && value <= 9)) return false;
    let digit = (bytes[++at] as number) - 48;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digit = (bytes[++at] as number) - 48;
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        at++;
      }
    }
    if (bytes[at] !== 0x2e || value > 255) return false;
    address = address * 256 + value;
    at++;
  }
  const portStart = at;
  let port = 0;
  while (at < end) {
    const digit = (bytes[at] as number) - 48;
    if (digit < 0 || digit > 9) break;
    port = port * 10 + digit;
    at++;
  }
  if (at >= end || at === portStart || port > 65535) return false;
  if (bytes[at] !== BLANK && bytes[at] !== 0x3a) return false;
  quad.address = address;
  quad.addressEnd = portStart - 1;
  quad.port = port;
  cursor.at = at;
  return true;
}

function endpointEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] !== BLANK) at++;
  return at;
}

const NO_PORT = -1;
const NOT_AN_ADDRESS = -2;

/** Gives the offset of the dot before the port; NO_PORT for `10.0.0.1`, `fe80::2` and `localhost`. */
function portDot(bytes: Uint8Array, start: number, end: number): number {
  let dots = 0;
  let dot = -1;
  let hasColon = false;
  let isNumeric = true;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x2e) {
      dots++;
      dot = at;
    } else if (byte === 0x3a) hasColon = true;
    else if (byte < 48 || byte > 57) {
      isNumeric = false;
      if (!isNameByte(byte)) return NOT_AN_ADDRESS;
    }
  }
  if (start >= end || dot === end - 1 || dot === start) return NOT_AN_ADDRESS;
  if (hasColon) {
    // ::ffff:10.0.0.9 ends in a dotted quad, which takes three dots.
    const mapped = dots >= 3;
    return dots === (mapped ? 4 : 1)
      ? checkedDot(bytes, dot, end)
      : dots > 1 && !mapped
        ? NOT_AN_ADDRESS
        : NO_PORT;
  }
  if (!isNumeric) return dots === 0 ? NO_PORT : checkedDot(bytes, dot, end);
  if (dots === 3) return readIpv4(bytes, start, end) < 0 ? NOT_AN_ADDRESS : NO_PORT;
  if (dots !== 4 || readIpv4(bytes, start, dot) < 0) return NOT_AN_ADDRESS;
  return checkedDot(bytes, dot, end);
}

function checkedDot(bytes: Uint8Array, dot: number, end: number): number {
  return isNumber(bytes, dot + 1, end) && readPort(bytes, dot + 1, end) < 0 ? NOT_AN_ADDRESS : dot;
}

/** Letters, digits, and what names, zones and bracketed addresses have besides. */
function isNameByte(byte: number): boolean {
  const lower = byte | 0x20;
  if (lower >= 97 && lower <= 122) return true;
  return (
    byte > 0x7f || byte === 0x2d || byte === 0x5f || byte === 0x25 || byte === 0x2a || byte === 0x2f
  );
}

function isNumber(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte < 48 || byte > 57) return false;
  }
  return true;
}

/** Reads a port by number or by name: 0 for a name that is not known, -1 for too large a number. */
export function readPort(bytes: Uint8Array, start: number, end: number): number {
  if (!isNumber(bytes, start, end)) return servicePort(bytes, start, end);
  const port = readUnsigned(bytes, start, end);
  return port <= 65535 ? port : -1;
}
