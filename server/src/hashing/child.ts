// The hashing child: answers `HashRequest`s, as many at once as there are cores.
import { hashPassword, verifyPassword } from './argon2.ts'
import type { HashAnswer, HashRequest } from './hasher.ts'

async function answer(request: HashRequest): Promise<HashAnswer> {
  const { id, password } = request
  try {
    return {
      id,
      value: await (request.kind === 'hash' ? hashPassword(password) : verifyPassword(password, request.stored)),
    }
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) }
  }
}

process.on('message', async (request: HashRequest) => process.send?.(await answer(request)))
// The parent is gone, or is done with us: so is the work.
process.on('disconnect', () => process.exit())
// A terminal's Ctrl-C reaches us too, while the parent still finishes what it has begun.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
