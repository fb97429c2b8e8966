// How deeply JSON is nested. A parser takes any depth, while what walks a value, and what writes it down again, has a stack that ends:
// what was taken in too deep would be kept and could never be answered any more.
const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Whether objects and lists stand in one another more than `most` times; of text that is no JSON any answer will do. */
export function isNestedDeeper(json: string, most: number): boolean {
  let depth = 0
  let isText = false
  for (let at = 0; at < json.length; at++) {
    const character = json.charCodeAt(at)
    if (isText) {
      if (character === BACKSLASH) at++
      else if (character === QUOTE) isText = false
    } else if (character === QUOTE) isText = true
    else if (character === 0x5b || character === 0x7b) {
      if (++depth > most) return true
    } else if (character === 0x5d || character === 0x7d) depth--
  }
  return false
}
