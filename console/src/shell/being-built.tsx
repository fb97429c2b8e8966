import { Anchor, Code, Container, List, Paper, Stack, Text, Title } from '@mantine/core'
import { Logo } from './logo.tsx'

/** What stands here until the console has pages: where to go meanwhile, and nothing that pretends to work. */
export function BeingBuilt() {
  return (
    <Container size="sm" py={{ base: 'lg', sm: 64 }}>
      <Paper withBorder p={{ base: 'lg', sm: 'xl' }}>
        <Stack gap="md">
          <Logo size={64} />
          <Title order={1} size="h2">
            The Admin Console is being built
          </Title>
          <Text>
            Apps, people, groups, policies and the System Log will be managed here. Use the management API meanwhile.
          </Text>
          <List spacing="xs">
            <List.Item>
              The section <em>Sign a person in, from nothing</em> of <Code>README.md</Code> shows how to get a token and
              register the first app.
            </List.Item>
            <List.Item>
              <Anchor href="/.well-known/openapi.json">OpenAPI description</Anchor> of every operation that this server
              offers.
            </List.Item>
            <List.Item>
              <Anchor href="/.well-known/openid-configuration">OpenID configuration</Anchor> of this organization, which
              OAuth and OIDC clients read.
            </List.Item>
          </List>
        </Stack>
      </Paper>
    </Container>
  )
}
