# Replaces addresses, each by the same one wherever it stands, in text and in packets alike.
#
# Two addresses have as long a prefix in common afterwards as before, so that a rule for a network
# still means its members. Private addresses stay in their private block; public ones come into
# 240.0.0.0/4, which nobody has, or 2001:db8::/32, which is for documentation. Loopback, unspecified,
# multicast and broadcast addresses stay, for what they tell is not where they are.

BEGIN { srand(seed) }

# An IPv4 address, as its four numbers joined by dots.
function redact4(address) {
  if (!(address in known)) known[address] = replacement4(address)
  return known[address]
}

function replacement4(address,    part, bits, i) {
  split(address, part, ".")
  if (part[1] == 0 || part[1] == 127 || part[1] >= 224) return address
  for (i = 1; i <= 4; i++) bits = bits to_bits(part[i], 8)
  if (part[1] == 10) return dotted(scrambled(bits, 8, 32))
  if (part[1] == 172 && part[2] >= 16 && part[2] < 32) return dotted(scrambled(bits, 12, 32))
  if (part[1] == 192 && part[2] == 168) return dotted(scrambled(bits, 16, 32))
  if (part[1] == 169 && part[2] == 254) return dotted(scrambled(bits, 16, 32))
  if (part[1] == 100 && part[2] >= 64 && part[2] < 128) return dotted(scrambled(bits, 10, 32))
  bits = "1111" substr(scrambled(bits, 4, 32), 5)
  # Without their first four bits two may be the same.
  while (bits in taken) bits = "1111" to_bits(int(rand() * 268435456), 28)
  taken[bits]
  return dotted(bits)
}

# An IPv6 address, as its eight groups in numbers joined by blanks.
function redact6(groups) {
  if (!(groups in known)) known[groups] = replacement6(groups)
  return known[groups]
}

function replacement6(groups,    part, bits, i) {
  split(groups, part, " ")
  if (groups ~ /^0 0 0 0 0 0 0 [01]$/ || part[1] >= 65280) return groups
  # An IPv4 address inside: of a socket of both families, or of a translator.
  if (groups ~ /^0 0 0 0 0 65535 / || groups ~ /^100 65435 0 0 0 0 /)
    return part[1] " " part[2] " 0 0 0 " part[6] " " with_embedded(part[7], part[8])
  for (i = 1; i <= 8; i++) bits = bits to_bits(part[i], 16)
  if (part[1] >= 65152 && part[1] < 65216) return in_groups(scrambled(bits, 64, 128))
  if (part[1] >= 64512 && part[1] < 65024) return in_groups(scrambled(bits, 8, 128))
  return in_groups(to_bits(8193, 16) to_bits(3512, 16) substr(scrambled(bits, 32, 64), 33))
}

function with_embedded(high, low,    part) {
  split(redact4(int(high / 256) "." high % 256 "." int(low / 256) "." low % 256), part, ".")
  return part[1] * 256 + part[2] " " part[3] * 256 + part[4]
}

# Keeps the first bits; each later one, up to `last`, is kept or turned, as was decided once for all
# addresses that begin with the bits before it. What follows is replaced as a whole.
function scrambled(bits, first, last,    i, prefix, out) {
  out = substr(bits, 1, first)
  for (i = first + 1; i <= last; i++) {
    prefix = length(bits) substr(bits, 1, i - 1)
    if (!(prefix in turned)) turned[prefix] = rand() < 0.5
    out = out (substr(bits, i, 1) == turned[prefix] ? "0" : "1")
  }
  if (substr(bits, last + 1) !~ /1/) return out substr(bits, last + 1)
  while (length(out) < length(bits)) out = out (rand() < 0.5 ? "0" : "1")
  return out
}

function to_bits(number, width,    out) {
  for (; width > 0; width--) {
    out = number % 2 out
    number = int(number / 2)
  }
  return out
}

function from_bits(bits,    i, number) {
  for (i = 1; i <= length(bits); i++) number = number * 2 + substr(bits, i, 1)
  return number + 0
}

function dotted(bits) {
  return from_bits(substr(bits, 1, 8)) "." from_bits(substr(bits, 9, 8)) "." \
    from_bits(substr(bits, 17, 8)) "." from_bits(substr(bits, 25, 8))
}

function in_groups(bits,    i, out) {
  for (i = 1; i <= 113; i += 16) out = out (i > 1 ? " " : "") from_bits(substr(bits, i, 16))
  return out
}
