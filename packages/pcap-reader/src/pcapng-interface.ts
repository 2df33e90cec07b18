import { decodeText, visible } from '@tuplescope/scan';
import { u16In, u32In } from './byte-order.ts';
import type { CaptureInterface } from './capture-interface.ts';
import { NO_LINK } from './link-type.ts';
import type { SectionInterface } from './section.ts';
import { tellBlock } from './tell-block.ts';
import type { Walk } from './walk.ts';

/** Bytes of a name that are kept; the kernel's have 15 at most. */
const MOST_NAME = 256;
/** A section's interfaces beyond are not kept. */
const MOST_INTERFACES = 0xffff;

const END_OF_OPTIONS = 0;
const IF_NAME = 2;
const IF_TSRESOL = 9;
const IF_TSOFFSET = 14;

/**
 * Reads an interface description between `start`, after the block's length, and `end`:
 *
 *     link type 2 | reserved 2 | snap length 4 | options
 */
export function addInterface(walk: Walk, start: number, end: number): void {
  const { bytes, section, interfaces } = walk;
  const { isLittle } = section;
  const ordinal = section.interfaces.length;
  if (ordinal >= MOST_INTERFACES) return;
  if (end - start < 8) {
    tellBlock(walk, 'an interface description of 8 bytes', `${end - start} bytes`);
    addUnreadInterface(walk);
    return;
  }
  const linkType = u16In(bytes, start, isLittle);
  const options = readOptions(bytes, start + 8, end, isLittle);
  const description: CaptureInterface = {
    ...(options.name === '' ? {} : { name: options.name }),
    linkType,
  };
  section.interfaces.push({
    number: interfaces.add(ordinal, description),
    linkType,
    snapLength: u32In(bytes, start + 4, isLittle),
    resolution: options.resolution,
    offsetSeconds: options.offsetSeconds,
  });
}

const UNREAD_INTERFACE: SectionInterface = {
  number: -1,
  linkType: NO_LINK,
  snapLength: 0,
  resolution: 6,
  offsetSeconds: 0,
};

/** An interface that cannot be read keeps its place, or those after it would take its number. */
export function addUnreadInterface({ section }: Walk): void {
  if (section.interfaces.length < MOST_INTERFACES) section.interfaces.push(UNREAD_INTERFACE);
}

type InterfaceOptions = Pick<SectionInterface, 'resolution' | 'offsetSeconds'> & { name: string };

/** Each option is `code 2 | length 2 | value | padding to 4`. */
function readOptions(
  bytes: Uint8Array,
  start: number,
  end: number,
  isLittle: boolean,
): InterfaceOptions {
  const options = { name: '', resolution: 6, offsetSeconds: 0 };
  let at = start;
  while (at + 4 <= end) {
    const code = u16In(bytes, at, isLittle);
    const length = u16In(bytes, at + 2, isLittle);
    const value = at + 4;
    if (code === END_OF_OPTIONS || value + length > end) break;
    if (code === IF_NAME) options.name = readName(bytes, value, length);
    if (code === IF_TSRESOL && length >= 1) options.resolution = bytes[value] as number;
    if (code === IF_TSOFFSET && length >= 8) {
      options.offsetSeconds = readSigned64(bytes, value, isLittle);
    }
    at = value + ((length + 3) & ~3);
  }
  return options;
}

/** Some writers end the name with a NUL. */
function readName(bytes: Uint8Array, start: number, length: number): string {
  const text = decodeText(bytes, start, start + Math.min(length, MOST_NAME));
  const nul = text.indexOf('\0');
  return visible(nul < 0 ? text : text.slice(0, nul));
}

/** Seconds: exact up to 2^53. */
function readSigned64(bytes: Uint8Array, at: number, isLittle: boolean): number {
  const high = u32In(bytes, isLittle ? at + 4 : at, isLittle) | 0;
  return high * 2 ** 32 + u32In(bytes, isLittle ? at : at + 4, isLittle);
}
