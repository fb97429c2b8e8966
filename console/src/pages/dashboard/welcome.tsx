import { Group, Stack, Text, Title } from '@mantine/core'
import { RouterAnchor } from '../../ui/router-anchor.tsx'
import { RouterButton } from '../../ui/router-button.tsx'
import classes from './welcome.module.css'

/** The first run: what to do first. */
export function Welcome() {
  return (
    <section className={classes.welcome} aria-label="Welcome">
      <Stack gap="sm">
        <Title order={2} size="h3">
          Welcome to Keystead
        </Title>
        <Text maw={640}>
          This org is yours: it has you, a group Everyone, and an authorization server ready to issue tokens. What it
          lacks is an app to sign in to. It takes a minute, and ends with code to paste.
        </Text>
        <Group>
          <RouterButton to="/applications/new">Create your first app</RouterButton>
          <RouterAnchor to="/guides/$name" params={{ name: 'from-okta' }} size="sm">
            I come from Okta
          </RouterAnchor>
        </Group>
      </Stack>
    </section>
  )
}
