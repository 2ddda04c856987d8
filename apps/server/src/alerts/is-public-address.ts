import { BlockList, isIPv4 } from 'node:net'

/** Whether an IP address is publicly routable: neither this machine's, nor private, nor reserved. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !reserved.check(address, 'ipv4')
  return global.check(address, 'ipv6') && !reserved.check(address, 'ipv6')
}

/** The only IPv6 range assigned to the Internet; IPv4-mapped addresses are outside it. */
const global = new BlockList()
global.addSubnet('2000::', 3, 'ipv6')

/** IANA's special-purpose addresses. */
const RESERVED = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
]
const reserved = new BlockList()
for (const range of RESERVED) {
  const [network = '', bits] = range.split('/')
  reserved.addSubnet(network, Number(bits), isIPv4(network) ? 'ipv4' : 'ipv6')
}
