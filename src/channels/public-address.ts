// Which addresses of the internet anybody may be sent to: no machine of our own network, no neighbour, no cloud's
// metadata. [https://www.iana.org/assignments/iana-ipv4-special-registry, iana-ipv6-special-registry]

import { BlockList, isIP } from 'node:net'

const NOT_PUBLIC_4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16'],
  ...['198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
]
/** Inside 2000::/3, the only part that is handed out: tunnels that carry any IPv4 address, and examples. */
const NOT_PUBLIC_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const notPublic = blocked(NOT_PUBLIC_4, 'ipv4')
const notPublic6 = blocked(NOT_PUBLIC_6, 'ipv6')
const global6 = blocked(['2000::/3'], 'ipv6')

/** False for what is no IP address. An IPv4 address in an IPv6 dress (`::ffff:10.0.0.1`) is not public either. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !notPublic.check(address, 'ipv4')
    case 6:
      return global6.check(address, 'ipv6') && !notPublic6.check(address, 'ipv6')
    default:
      return false
  }
}

function blocked(subnets: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const subnet of subnets) {
    const [network = '', bits = ''] = subnet.split('/')
    list.addSubnet(network, Number(bits), family)
  }
  return list
}
