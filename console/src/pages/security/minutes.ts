const UNITS = [
  ['day', 1_440],
  ['hour', 60],
  ['minute', 1],
] as const

/** In words: 10080 → "7 days"; 90 → "1 hour 30 minutes". */
export function minutesInWords(minutes: number): string {
  const words: string[] = []
  let rest = Math.max(0, Math.trunc(minutes))
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) words.push(`${count} ${unit}${count === 1 ? '' : 's'}`)
  }
  return words.join(' ') || '0 minutes'
}
