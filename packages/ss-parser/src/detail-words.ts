/** Words that are understood and kept as printed, each with the kind of sockets that has them. */
export const DETAILS: ReadonlySet<string> = new Set([
  ...['tos', 'tclass', 'class_id', 'opt', 'map_id', 'md5keys', 'proc_ctx', 'sock_ctx'],
  // netlink
  ...['sk', 'cb', 'groups'],
  // packet
  ...['ver', 'cpy_thresh', 'flags', 'ring_rx', 'ring_tx', 'fanout'],
  // XDP
  ...['rx', 'tx', 'umem', 'tumem', 'fr', 'cr', 'stats'],
  // unix
  ...['ino', 'dev', 'peers'],
  // TIPC
  ...['type', 'cong', 'drop', 'via'],
  // TLS and MPTCP under TCP
  ...['version', 'cipher', 'rxconf', 'txconf', 'token', 'seq', 'sfseq', 'ssnoff', 'maplen'],
  // MPTCP
  ...['subflows', 'add_addr_signal', 'add_addr_accepted', 'subflows_max', 'add_addr_signal_max'],
  ...['add_addr_accepted_max', 'write_seq', 'snd_una', 'rcv_nxt', 'local_addr_used'],
  ...['local_addr_max', 'csum_enabled', 'retransmits', 'subflows_total', 'last_data_sent'],
  ...['last_data_recv', 'last_ack_recv'],
  // SCTP
  ...['tag', 'state', 'rwnd', 'unackdata', 'penddata', 'instrms', 'outstrms', 'inqueue'],
  ...['outqueue', 'overall_err', 'max_burst', 'maxseg', 'peer_rwnd', 'peer_tag', 'peer_capable'],
  ...[
    'peer_sack',
    's_autoclose',
    's_adaption_ind',
    's_pd_point',
    's_nodelay',
    's_disable_fragments',
  ],
  ...['s_v4mapped', 's_frag_interleave', 's_type', 'fraginl', 'locals', 'peers', 'pdpoint'],
  ...['nodelay', 'nofrag', 'v4mapped', 'disable_frag', 'autoclose', 'adaption_ind', 'peer_cap'],
  ...['primary', 'cwnd', 'srtt', 'rto', 'mtu', 'p_state', 'p_cwnd', 'p_srtt', 'p_rto'],
]);

/** Words without a value that are kept as details. */
export const DETAIL_FLAGS: ReadonlySet<string> = new Set([
  ...['fallback', 'remote_key', 'publ', 'zc_ro_tx', 'no_pad_rx', 'fraginl'],
]);

/** Details whose value follows after a blank. */
export const DETAILS_APART: ReadonlySet<string> = new Set([
  ...['version:', 'cipher:', 'rxconf:', 'txconf:', 'via', 'flags:', 'tos:', 'tclass:', 'class_id:'],
]);
