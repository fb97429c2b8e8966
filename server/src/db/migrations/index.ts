// Every migration, in order. Forward only; one that has shipped is never changed.
import { initial } from './0001-initial.ts'
import { consoleSessions } from './0002-console.ts'
import { features } from './0003-features.ts'
import { refusedRequests } from './0004-refused-requests.ts'
import { directoryLists } from './0005-directory-lists.ts'
import { appLogo } from './0006-app-logo.ts'
import { interactions } from './0007-interaction.ts'
import { authenticators } from './0008-authenticators.ts'
import { policies } from './0009-policies.ts'
import { mail } from './0010-mail.ts'
import { recovery } from './0011-recovery.ts'
import { rotationClient } from './0012-rotation-client.ts'
import { mailQueue } from './0013-mail-queue.ts'
import { sessionProofs } from './0014-session-proofs.ts'
import { sessionBrowser } from './0015-session-browser.ts'
import { linkTries } from './0016-link-tries.ts'
import { logTip } from './0017-log-tip.ts'
import { deviceHash } from './0018-device-hash.ts'
import type { Migration } from './migration.ts'

export const MIGRATIONS: readonly Migration[] = [
  initial,
  consoleSessions,
  features,
  refusedRequests,
  directoryLists,
  appLogo,
  interactions,
  authenticators,
  policies,
  mail,
  recovery,
  rotationClient,
  mailQueue,
  sessionProofs,
  sessionBrowser,
  linkTries,
  logTip,
  deviceHash,
]
