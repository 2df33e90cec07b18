/** More than this of a text is not looked at before a worker reads it. */
const MOST_CHARACTERS = 1 << 20;

/** Words that hardly stand together in anything but what these tools print. */
const TELLING =
  /\b(?:ESTAB|SYN[-_]SENT|FIN[-_]WAIT|CLOSE[-_]WAIT|TIME[-_]WAIT|LISTEN|UNCONN)\b|\bsport=\d|\bSPT=\d|\bFlags \[[SFRPUEW.]|\bTcp(?:Ext)?[A-Z]\w+\s+\d|\bnf_(?:ct|conntrack)|^-A \S|<conntrack>|<flow[ >]|^\*(?:nat|mangle|filter|raw)$|\bsl\s+local_address|^Netid\b|^table (?:ip6?|inet) /m;

/**
 * Says whether a text may be worth a worker's time: captured output, or a transcript with some in it.
 * It may be wrong in both directions where nobody is harmed: the worker decides.
 *
 * @example
 * mayBeCapture('tcp ESTAB 0 0 10.0.0.7:44410 10.0.9.9:80') // true
 */
export function mayBeCapture(text: string): boolean {
  return TELLING.test(text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text);
}
