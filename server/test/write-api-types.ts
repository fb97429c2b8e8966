// Writes the console's types; `api-types.test.ts` holds that this was done.
import { writeFileSync } from 'node:fs'
import { API_TYPES_FILE, currentApiTypes } from './api-types-file.ts'

writeFileSync(API_TYPES_FILE, await currentApiTypes())
