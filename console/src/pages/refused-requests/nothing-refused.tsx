import { Button, List } from '@mantine/core'
import { Empty } from '../../ui/states.tsx'

interface NothingRefusedProps {
  readonly isOfOneApp: boolean
  readonly onShowAll: () => void
}

/** What would stand here, and how to see it once. */
export function NothingRefused({ isOfOneApp, onShowAll }: NothingRefusedProps) {
  return (
    <Empty
      title={isOfOneApp ? 'Nothing of this app was refused in the last day' : 'Nothing was refused in the last day'}
      action={
        isOfOneApp && (
          <Button size="xs" variant="default" onClick={onShowAll}>
            Show all apps
          </Button>
        )
      }
    >
      When a sign-in fails because of how an app is set up, it appears here within a second: what the app sent, what is
      registered, where the two differ, and a button that makes the change. To see one:
      <List size="sm" ta="left" spacing={4} mt="sm">
        <List.Item>
          Change one letter of the redirect URI in your app, or add a slash at its end, and sign in.
        </List.Item>
        <List.Item>Sign in as a person who is not assigned to the app.</List.Item>
        <List.Item>Open your single-page app at another port than the registered one.</List.Item>
      </List>
    </Empty>
  )
}
