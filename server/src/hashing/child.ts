// The hashing child: answers `HashRequest`s, as many at once as there are cores.

import { hashPassword, verifyPassword } from './argon2.ts'
import type { HashAnswer, HashRequest } from './hasher.ts'

async function answer(request: HashRequest): Promise<HashAnswer> {
  try {
    const value =
      request.kind === 'hash'
        ? await hashPassword(request.password)
        : await verifyPassword(request.password, request.stored)
    return { id: request.id, value }
  } catch (error) {
    return { id: request.id, error: error instanceof Error ? error.message : String(error) }
  }
}

process.on('message', async (request: HashRequest) => process.send?.(await answer(request)))
// The parent is gone: so is the work.
process.on('disconnect', () => process.exit())
