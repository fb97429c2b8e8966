// An index for the question whose mail is due, which is asked of all orgs at once. What was sent is not in it.
import { type Migration, spell } from './migration.ts'

export const mailQueue: Migration = {
  name: '0013-mail-queue',
  phase: 'expand',
  up: (dialect) => [
    spell(
      dialect,
      "CREATE INDEX mail_queue ON mail (run_at, org_id, expires) WHERE status = 'QUEUED' AND recipient IS NOT NULL",
    ),
  ],
}
