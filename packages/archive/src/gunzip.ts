import { asDamage, Damage } from './damage.ts';
import { makeInflater } from './inflate.ts';

/**
 * Unpacks gzip (RFC 1952), one member or several behind each other, in fixed memory. Throws a
 * {@link Damage} where it is cut or wrong; what came before has been given by then.
 */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const member = makeInflater('gzip');
  let offset = 0;
  for await (const chunk of chunks) {
    for (let rest = chunk; rest.length > 0; ) {
      if (member.isDone()) {
        // Tapes and block devices pad with zeros; gzip passes over them too.
        const padding = rest.findIndex((byte) => byte !== 0);
        rest = padding < 0 ? rest.subarray(rest.length) : rest.subarray(padding);
        if (rest.length === 0) break;
        if (rest[0] !== 0x1f) throw trailing(offset + chunk.length - rest.length);
        member.restart();
      }
      const at = offset + chunk.length - rest.length;
      try {
        yield* member.push(rest);
      } catch (error) {
        throw asDamage(error, at, 'gzip that can be unpacked');
      }
      rest = rest.subarray(rest.length - member.unused());
    }
    offset += chunk.length;
  }
  if (!member.isDone()) throw new Damage(offset, 'the rest of the gzip', 'its end');
}

function trailing(offset: number): Damage {
  return new Damage(offset, 'the end of the gzip', 'other bytes, passed over', 'warning');
}
