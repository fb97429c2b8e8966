import { Alert, Button, Group, Modal, Radio, SimpleGrid, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { APP_TYPES, type ApplicationType } from './app-types.ts'
import classes from './platform-chooser.module.css'

interface PlatformChooserProps {
  readonly opened: boolean
  readonly onClose: () => void
}

/** Which platform: the one choice about an app that cannot be changed later. */
export function PlatformChooser({ opened, onClose }: PlatformChooserProps) {
  const [type, setType] = useState<ApplicationType>('browser')
  const navigate = useNavigate()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="xl"
      title="Create a new application integration"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        <Radio.Group label="Platform" value={type} onChange={(value) => setType(value as ApplicationType)}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} mt={6} spacing="sm">
            {APP_TYPES.map(({ type: value, title, sentence, example }) => (
              <Radio.Card key={value} value={value} p="sm" radius="md" className={classes.card} aria-label={title}>
                <Group wrap="nowrap" align="flex-start" gap="sm">
                  <Radio.Indicator mt={2} />
                  <div>
                    <Text size="sm" fw={600}>
                      {title}
                    </Text>
                    <Text size="sm">{sentence}</Text>
                    <Text size="xs" c="dimmed">
                      {example}
                    </Text>
                  </div>
                </Group>
              </Radio.Card>
            ))}
          </SimpleGrid>
        </Radio.Group>
        <Alert
          color="yellow"
          variant="light"
          icon={<TriangleAlert size={18} />}
          title="The platform can't be changed later"
        >
          <Text size="sm">
            Code that runs in a browser or on someone's device can be read by whoever has it, so it can't keep a secret:
            such an app is a <em>public client</em>. Choose Web for a single-page app and sign-in breaks when the app
            asks for its tokens: the server waits for a client secret that the app cannot have, and answers{' '}
            <code>invalid_client</code>.
          </Text>
        </Alert>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button onClick={() => void navigate({ to: '/applications/new', search: { type } })}>Create</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
