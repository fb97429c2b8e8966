import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { User } from '../../api/types.ts'
import { activationLink } from '../../api/user-lifecycle.ts'
import { userName } from '../../api/users.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { OneTimeValue } from '../../ui/one-time-value.tsx'
import { Page } from '../../ui/page.tsx'
import { NewPersonForm } from './new-person-form.tsx'
import { secretText } from './secret-text.ts'

const CRUMBS = [{ label: 'People', to: '/directory/people' }]

interface Created {
  readonly user: User
  readonly another: boolean
  readonly link: string
}

export function NewPersonPage() {
  const navigate = useNavigate()
  const [created, setCreated] = useState<Created>()
  // Each person has a form of their own.
  const [round, setRound] = useState(0)

  async function goOn(user: User, another: boolean): Promise<void> {
    setCreated(undefined)
    if (another) setRound(round + 1)
    else
      await navigate({
        to: '/directory/people/$userId',
        params: { userId: user.id },
        // What was typed is saved.
        ignoreBlocker: true,
      })
  }

  async function handOver(user: User, another: boolean): Promise<void> {
    notifyDone(`${userName(user)} is added.`)
    const link = user.status === 'PROVISIONED' ? await linkOf(user) : undefined
    if (link === undefined) await goOn(user, another)
    else setCreated({ user, another, link })
  }

  const text = created && secretText('activationLink', userName(created.user))
  return (
    <Page title="Add person" crumbs={CRUMBS}>
      <NewPersonForm key={round} onCancel={() => void navigate({ to: '/directory/people' })} onCreated={handOver} />
      {created && text && (
        <FormDialog opened isLocked title={text.title} onClose={() => undefined}>
          <OneTimeValue
            value={created.link}
            label={text.label}
            done="Done"
            onDone={() => void goOn(created.user, created.another)}
          >
            {text.explanation}
          </OneTimeValue>
        </FormDialog>
      )}
    </Page>
  )
}

/** Without it the person is there all the same: their page has it, too. */
async function linkOf({ id }: User): Promise<string | undefined> {
  try {
    return await activationLink(id, { again: true })
  } catch (error) {
    notifyFailed(error)
    return undefined
  }
}
