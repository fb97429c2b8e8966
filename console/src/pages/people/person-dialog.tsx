import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '../../api/me.ts'
import type { User } from '../../api/types.ts'
import {
  activationLink,
  changeStatus,
  clearSessions,
  type PlainAction,
  resetPassword,
  temporaryPassword,
} from '../../api/user-lifecycle.ts'
import { revokeAllTokens } from '../../api/user-tokens.ts'
import { deleteUser, userName } from '../../api/users.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { ACTION_TEXTS } from './action-texts.ts'
import { IssueSecret } from './issue-secret.tsx'
import { OwnAccount } from './own-account.tsx'
import type { PersonAction } from './person-actions.ts'
import type { Secret } from './secret-text.ts'

interface PersonDialogProps {
  readonly user: User
  readonly action: PersonAction
  readonly onClose: () => void
  readonly onDeleted: () => void
}

type Issuing = readonly [secret: Secret, issue: () => Promise<string | undefined>]

/** The question that stands before each action, and what comes of the answer. */
export function PersonDialog({ user, action, onClose, onDeleted }: PersonDialogProps) {
  const isOwn = useMe()?.id === user.id
  const [withTokens, setWithTokens] = useState(false)
  const name = userName(user)
  const { label, title, what, own, danger = false } = ACTION_TEXTS[action]
  const question = (
    <>
      {what}
      {isOwn && own !== undefined && <OwnAccount warning={own} />}
    </>
  )
  const shared = { title: title(name), action: label, onClose }

  async function activate(): Promise<string | undefined> {
    const link = await activationLink(user.id, { again: false })
    if (link === undefined) notifyDone(`${name} is active.`)
    return link
  }
  async function change(to: PlainAction, done: string, back?: PlainAction): Promise<void> {
    await changeStatus(user.id, to)
    notifyDone(done, back && (() => changeStatus(user.id, back)))
  }
  async function clear(): Promise<void> {
    await clearSessions(user.id, withTokens)
    notifyDone(`${name} is signed out everywhere.`)
  }
  async function revoke(): Promise<void> {
    await revokeAllTokens(user.id)
    notifyDone(`No app holds a token of ${name} any more.`)
  }
  async function remove(): Promise<void> {
    await deleteUser(user)
    notifyDone(`${name} is deleted.`)
    onDeleted()
  }

  const issuing: Partial<Record<PersonAction, Issuing>> = {
    activate: ['activationLink', activate],
    activationLink: ['activationLink', () => activationLink(user.id, { again: true })],
    resetPassword: ['resetLink', () => resetPassword(user.id)],
    temporaryPassword: ['temporaryPassword', () => temporaryPassword(user.id)],
  }
  const [secret, issue] = issuing[action] ?? []
  if (secret && issue)
    return (
      <IssueSecret {...shared} secret={secret} name={name} issue={issue}>
        {question}
      </IssueSecret>
    )

  const doing: Partial<Record<PersonAction, () => Promise<void>>> = {
    expirePassword: () => change('expirePassword', `${name} has to choose another password.`),
    unlock: () => change('unlock', `${name} is unlocked.`),
    suspend: () => change('suspend', `${name} is suspended.`, 'unsuspend'),
    unsuspend: () => change('unsuspend', `${name} may sign in again.`, 'suspend'),
    deactivate: () => change('deactivate', `${name} is deactivated.`),
    clearSessions: clear,
    revokeTokens: revoke,
    delete: remove,
  }
  return (
    <Confirm
      {...shared}
      opened
      danger={danger}
      typedName={action === 'delete' ? user.profile.login : undefined}
      onConfirm={async () => doing[action]?.()}
    >
      {question}
      {action === 'clearSessions' && (
        <Checkbox
          mt="md"
          label="Also revoke tokens"
          description="What apps hold of them stops working, too."
          checked={withTokens}
          onChange={(event) => setWithTokens(event.currentTarget.checked)}
        />
      )}
    </Confirm>
  )
}
