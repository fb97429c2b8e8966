// Every migration, in order. Forward only; one that has shipped is never changed.
import { initial } from './0001-initial.ts'
import { refusedRequests } from './0002-refused-requests.ts'
import type { Migration } from './migration.ts'

export const MIGRATIONS: readonly Migration[] = [initial, refusedRequests]
