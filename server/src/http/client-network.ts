// Which address a limit counts by. Whoever has one address of IPv6 has at least the 2^64 of its network, so the network is counted.
import { isIPv6 } from 'node:net'

/** The address, or the first 64 bits of one of IPv6. IPv4 in the guise of IPv6 (`::ffff:192.0.2.1`) is IPv4. */
export function networkOf(address: string): string {
  const bare = address.split('%', 1)[0] ?? ''
  // What a proxy wrote instead of an address is one, however it looks.
  if (!isIPv6(bare)) return address.slice(0, ADDRESS_MAX)
  // In the one spelling of RFC 5952, without an embedded IPv4 address.
  const text = new URL(`http://[${bare}]`).hostname.slice(1, -1)
  const [, high, low] = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(text) ?? []
  if (high !== undefined && low !== undefined) return dotted(parseInt(high, 16), parseInt(low, 16))
  const [head = '', tail] = text.split('::')
  const groups = head.split(':').filter(Boolean)
  const after = tail?.split(':').filter(Boolean) ?? []
  const zeros = new Array<string>(8 - groups.length - after.length).fill('0')
  return `${[...groups, ...zeros, ...after].slice(0, 4).join(':')}::/64`
}

const ADDRESS_MAX = 45

const dotted = (high: number, low: number): string => [high >> 8, high & 255, low >> 8, low & 255].join('.')
