# Writes each text file again, to its name with `.redacted`, with its addresses replaced.

FILENAME !~ /\.bytes$/ {
  if (FNR == 1) {
    close(written)
    written = FILENAME ".redacted"
    has_bare_ports = FILENAME ~ /\/ss-[^\/]*$/
  }
  print redact_line($0) > written
}

function redact_line(line,    out, run) {
  if (line !~ /[0-9]\.[0-9]+\.[0-9]+\.[0-9]|:[0-9A-Fa-f.]*:/) return line
  while (match(line, /[0-9A-Fa-f:.]+/)) {
    run = substr(line, RSTART, RLENGTH)
    out = out substr(line, 1, RSTART - 1)
    line = substr(line, RSTART + RLENGTH)
    out = out redact_run(run, has_bare_ports && out !~ /\[$/, mask_of(line))
  }
  return out line
}

# The length of the prefix, where a network stands here; else -1.
function mask_of(rest) {
  return match(rest, /^\/[0-9]+/) ? substr(rest, 2, RLENGTH - 1) + 0 : -1
}

function redact_run(run, may_have_port, mask,    found, start, end) {
  if (run ~ /:.*:/) {
    found = redact_text6(run, may_have_port, mask)
    if (found != "") return found
    # A hardware address often holds the IPv4 address of its pod.
    if (run ~ /^[0-9A-Fa-f][0-9A-Fa-f](:[0-9A-Fa-f][0-9A-Fa-f])(:[0-9A-Fa-f][0-9A-Fa-f])(:[0-9A-Fa-f][0-9A-Fa-f])(:[0-9A-Fa-f][0-9A-Fa-f])(:[0-9A-Fa-f][0-9A-Fa-f])+$/) {
      gsub(/[0-9A-Fa-f]/, "0", run)
      return run
    }
  }
  if (!match(run, /[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+/)) return run
  start = RSTART
  end = RSTART + RLENGTH
  return substr(run, 1, start - 1) redact_text4(substr(run, start, end - start), mask) substr(run, end)
}

function redact_text4(text, mask,    part, i, bits) {
  split(text, part, ".")
  for (i = 1; i <= 4; i++) if (part[i] + 0 > 255) return text
  text = redact4(part[1] + 0 "." part[2] + 0 "." part[3] + 0 "." part[4] + 0)
  if (mask < 0 || mask > 31) return text
  split(text, part, ".")
  for (i = 1; i <= 4; i++) bits = bits to_bits(part[i], 8)
  return dotted(substr(bits, 1, mask) to_bits(0, 32 - mask))
}

# The text with its IPv6 address replaced, or nothing where it is none.
function redact_text6(text, may_have_port, mask,    groups, end, tail) {
  # Old versions of ss print no brackets, so that the last number is the port.
  if (may_have_port) {
    end = match(text, /:[0-9]+$/)
    groups = groups_of(substr(text, 1, end - 1))
    if (end > 0 && groups != "") return in_text(redact6(groups)) substr(text, end)
  }
  if (text ~ /[^:]:$/) {
    tail = ":"
    text = substr(text, 1, length(text) - 1)
  }
  groups = groups_of(text)
  if (groups == "") return ""
  return in_text(masked(redact6(groups), mask)) tail
}

function masked(groups, mask,    part, i, bits) {
  if (mask < 0 || mask > 127) return groups
  split(groups, part, " ")
  for (i = 1; i <= 8; i++) bits = bits to_bits(part[i], 16)
  return in_groups(substr(bits, 1, mask) to_bits(0, 128 - mask))
}

# The eight groups of an IPv6 address, in numbers joined by blanks, or nothing where it is none.
function groups_of(text,    part, left, right, sides, head, tail, i, out) {
  if (match(text, /:[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/)) {
    split(substr(text, RSTART + 1), part, ".")
    for (i = 1; i <= 4; i++) if (part[i] + 0 > 255) return ""
    text = substr(text, 1, RSTART) sprintf("%x:%x", part[1] * 256 + part[2], part[3] * 256 + part[4])
  }
  if (text ~ /[^0-9A-Fa-f:]|:::/) return ""
  sides = split(text, part, "::")
  if (sides > 2) return ""
  left = part[1] == "" ? 0 : split(part[1], head, ":")
  right = sides < 2 || part[2] == "" ? 0 : split(part[2], tail, ":")
  if (sides == 2 ? left + right > 7 : left != 8) return ""
  for (i = left + 1; i <= 8 - right; i++) head[i] = "0"
  for (i = 1; i <= right; i++) head[8 - right + i] = tail[i]
  for (i = 1; i <= 8; i++) {
    if (head[i] == "" || length(head[i]) > 4) return ""
    out = out (i > 1 ? " " : "") from_hex(head[i])
  }
  return out
}

function from_hex(text,    i, number) {
  for (i = 1; i <= length(text); i++)
    number = number * 16 + index("0123456789abcdef", tolower(substr(text, i, 1))) - 1
  return number + 0
}

# As RFC 5952 has it: the longest row of two or more groups of 0 is `::`.
function in_text(groups,    part, i, run, longest, from, out) {
  split(groups, part, " ")
  for (i = 1; i <= 8; i++) {
    run = part[i] == 0 ? run + 1 : 0
    if (run > longest) {
      longest = run
      from = i - run + 1
    }
  }
  for (i = 1; i <= 8; i++) {
    if (longest > 1 && i == from) {
      out = out "::"
      i += longest - 1
    } else out = out (out == "" || out ~ /:$/ ? "" : ":") sprintf("%x", part[i])
  }
  return out
}
