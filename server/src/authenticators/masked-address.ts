/** Enough of an address for its person to know it, and too little for others: `alice@example.com` → `a...e@example.com`. */
export function maskedAddress(address: string, gap: '...' | '…'): string {
  const [local = '', domain = ''] = address.split('@')
  const characters = Array.from(local)
  return `${characters[0] ?? ''}${gap}${characters.length > 1 ? characters.at(-1) : ''}@${domain}`
}
