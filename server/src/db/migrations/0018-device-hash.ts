// A browser whose name is drawn anew: whoever is remembered in it is found by the old one.
import type { Migration } from './migration.ts'

export const deviceHash: Migration = {
  name: '0018-device-hash',
  phase: 'expand',
  up: () => ['CREATE INDEX remembered_device_hash ON remembered_device (org_id, device_hash)'],
}
