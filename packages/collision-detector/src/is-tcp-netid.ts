/** Says whether a Netid is TCP's: `tcp6` is netstat's, null that of a listing of TCP alone. */
export function isTcpNetid(netid: string | null): boolean {
  return netid === null || netid === 'tcp' || netid === 'tcp6';
}
