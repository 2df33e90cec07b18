# Cuts each packet of a capture off behind its headers, so that nothing of what it carries is left;
# where addresses are to be replaced, replaces those in the headers too.
#
# Reads a .pcap as `od -An -v -tu1` prints it, from files named `….bytes`; writes `….sh`, a script
# whose output is the .pcap, for not every awk can write every byte.

BEGIN { for (i = 0; i < 256; i++) octal[i] = sprintf("\\0%03o", i) }

FILENAME ~ /\.bytes$/ {
  if (FNR == 1) begin_capture()
  for (i = 1; i <= NF; i++) {
    byte[have++] = $i + 0
    if (have == wanted) take()
  }
}

END { flush() }

function begin_capture() {
  flush()
  close(packets)
  packets = FILENAME
  sub(/\.bytes$/, ".sh", packets)
  expected = "file"
  wanted = 24
  have = 0
}

# Takes a part of the file that is complete: its header, then the header of a record and its packet.
function take(    i, kept) {
  have = 0
  if (expected == "file") {
    is_little = byte[0] == 212 || byte[0] == 77
    link = word32(20) % 65536
    emit(0, 24)
    expected = "record"
    wanted = 16
  } else if (expected == "record") {
    for (i = 0; i < 16; i++) record[i] = byte[i]
    wanted = word32(8)
    expected = "packet"
    # A length that no packet has: the rest of the file means nothing.
    if (wanted > 262144) wanted = -1
    if (wanted == 0) take()
  } else {
    kept = headers(wanted)
    if (kept > wanted) kept = wanted
    # No packet was captured with more than 138 bytes, so one byte of the four tells.
    for (i = 8; i < 12; i++) record[i] = i == (is_little ? 8 : 11) ? kept : 0
    for (i = 0; i < 16; i++) byte_of(record[i])
    emit(0, kept)
    expected = "record"
    wanted = 16
  }
}

function word32(at) {
  return is_little \
    ? byte[at] + 256 * (byte[at + 1] + 256 * (byte[at + 2] + 256 * byte[at + 3])) \
    : byte[at + 3] + 256 * (byte[at + 2] + 256 * (byte[at + 1] + 256 * byte[at]))
}

# How many bytes are headers: of Ethernet (1) with its VLAN tags, or bare IP (12, 101), then TCP.
function headers(size,    at, type, i) {
  for (i = size; i < size + 80; i++) byte[i] = 0
  if (link == 1) {
    if (redact) for (i = 0; i < 12; i++) byte[i] = 0
    at = 12
    for (type = word(at); type == 33024 || type == 34984; type = word(at)) at += 4
    at += 2
  } else if (link == 12 || link == 101) {
    at = 0
    type = byte[0] >= 96 ? 34525 : 2048
  } else return 0
  if (type == 2048) return headers4(at)
  if (type == 34525) return headers6(at)
  return at
}

function headers4(at,    end, i) {
  end = at + (byte[at] % 16) * 4
  if (end < at + 20) end = at + 20
  start = at
  change = 0
  if (redact) {
    replace4(at + 12)
    replace4(at + 16)
    addresses = change
    # Options of IPv4 may hold the way that a packet took.
    for (i = at + 20; i < end; i++) put(i, 1)
    settle(at + 10)
    change = addresses
  }
  # Of a fragment only the first has a header of TCP.
  return byte[at + 9] == 6 && word(at + 6) % 8192 == 0 ? tcp_header(end) : end
}

function headers6(at) {
  start = at
  change = 0
  if (redact) {
    replace6(at + 8)
    replace6(at + 24)
  }
  return byte[at + 6] == 6 ? tcp_header(at + 40) : at + 40
}

function tcp_header(at,    end) {
  end = at + int(byte[at + 12] / 16) * 4
  if (end < at + 20) end = at + 20
  if (redact) {
    clean_options(at + 20, end)
    settle(at + 16)
  }
  return end
}

# Leaves the options that hold sizes, times and sequence numbers; others may hold addresses (MPTCP).
function clean_options(at, end,    kind, size, i) {
  while (at < end) {
    kind = byte[at]
    size = kind == 1 ? 1 : byte[at + 1]
    if (kind == 0 || size == 0 || at + size > end) size = end - at
    for (i = at; i < at + size; i++) if (kind == 0 || kind > 5 && kind != 8) put(i, kind > 0)
    at += size
  }
}

function replace4(at,    part, i) {
  split(redact4(byte[at] "." byte[at + 1] "." byte[at + 2] "." byte[at + 3]), part, ".")
  for (i = 0; i < 4; i++) put(at + i, part[i + 1])
}

function replace6(at,    groups, part, i) {
  for (i = 0; i < 16; i += 2) groups = groups (i > 0 ? " " : "") word(at + i)
  split(redact6(groups), part, " ")
  for (i = 0; i < 16; i += 2) {
    put(at + i, int(part[i / 2 + 1] / 256))
    put(at + i + 1, part[i / 2 + 1] % 256)
  }
}

function word(at) {
  return byte[at] * 256 + byte[at + 1]
}

# Changes a byte, and notes what that changes in a sum of words from the start of the packet.
function put(at, value) {
  change += (value - byte[at]) * ((at - start) % 2 == 0 ? 256 : 1)
  byte[at] = value
}

# Changes a checksum as what it sums up has changed: a right one stays right, a wrong one wrong.
function settle(at,    sum) {
  if (change == 0) return
  sum = (word(at) - change) % 65535
  if (sum < 0) sum += 65535
  byte[at] = int(sum / 256)
  byte[at + 1] = sum % 256
}

function emit(from, to) {
  for (; from < to; from++) byte_of(byte[from])
}

function byte_of(value) {
  line = line octal[value]
  if (length(line) > 4000) flush()
}

function flush() {
  if (line != "") print "printf %b \047" line "\047" > packets
  line = ""
}
