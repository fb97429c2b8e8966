/** Makes `count` values, so many of them at a time. */
export async function inTurns<T>(
  atOnce: number,
  count: number,
  make: (index: number) => Promise<T>,
): Promise<readonly T[]> {
  const made: T[] = []
  let next = 0
  async function work(): Promise<void> {
    for (let index = next++; index < count; index = next++) made[index] = await make(index)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, work))
  return made
}
