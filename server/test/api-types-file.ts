// Where the console's types stand, and what they would be if they were written now.
import { join } from 'node:path'
import { apiTypes, type Description } from './api-types.ts'
import { startFixture } from './fixture.ts'

export const API_TYPES_FILE = join(import.meta.dirname, '../../console/src/api/types.ts')

export async function currentApiTypes(): Promise<string> {
  const fixture = await startFixture()
  try {
    const { json } = await fixture.request('GET', '/.well-known/openapi.json', { token: null })
    return apiTypes(json as Description)
  } finally {
    await fixture.close()
  }
}
