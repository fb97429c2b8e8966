import { Button, Menu } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { useMay } from '../../api/me.ts'
import type { User } from '../../api/types.ts'
import { RouterButton } from '../../ui/router-button.tsx'
import { ACTION_TEXTS } from './action-texts.ts'
import { actionsOf, mainAction, type PersonAction } from './person-actions.ts'
import { PersonDialog } from './person-dialog.tsx'

/** What can be done to a person: one button for what their state asks for, a menu for the rest. */
export function PersonMenu({ user }: { readonly user: User }) {
  const [asking, setAsking] = useState<PersonAction>()
  const navigate = useNavigate()
  const manage = useMay('okta.users.manage')
  const endSessions = useMay('okta.sessions.manage')
  const mayReadLogs = useMay('okta.logs.read')
  const actions = actionsOf(user, { manage, endSessions })
  const main = mainAction(actions)
  const others = actions.filter((action) => action !== main)
  return (
    <>
      {mayReadLogs && (
        <RouterButton
          variant="subtle"
          size="xs"
          to="/reports/system-log"
          search={{ filter: `actor.id eq "${user.id}" or target.id eq "${user.id}"` }}
        >
          View logs
        </RouterButton>
      )}
      {main && (
        <Button variant="default" size="xs" onClick={() => setAsking(main)}>
          {ACTION_TEXTS[main].label}
        </Button>
      )}
      {others.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" size="xs" rightSection={<ChevronDown size={14} />}>
              More actions
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((action) => (
              <Menu.Item
                key={action}
                color={ACTION_TEXTS[action].danger ? 'red' : undefined}
                onClick={() => setAsking(action)}
              >
                {ACTION_TEXTS[action].label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {asking && (
        <PersonDialog
          user={user}
          action={asking}
          onClose={() => setAsking(undefined)}
          onDeleted={() => void navigate({ to: '/directory/people' })}
        />
      )}
    </>
  )
}
