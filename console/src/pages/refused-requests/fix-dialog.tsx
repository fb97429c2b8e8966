// What exactly a fix changes, before it does: the list before and after, the warning, the call.
import { Alert, Button, Group, ScrollArea, SimpleGrid, Stack, Text } from '@mantine/core'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { applyFix } from '../../api/refused-requests.ts'
import type { RefusedRequest, RefusedRequestFix } from '../../api/types.ts'
import { curlLine } from '../../shell/curl.ts'
import { CodeBlock } from '../../ui/code-block.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Failed } from '../../ui/states.tsx'
import { ChangedList } from './changed-list.tsx'

interface FixDialogProps {
  /** As it is now: the list behind the dialog is read anew from time to time. */
  readonly request: RefusedRequest
  readonly onClose: () => void
}

export function FixDialog({ request, onClose }: FixDialogProps) {
  const { fix } = request
  return (
    <FormDialog opened title={fix?.title ?? 'Nothing to change any more'} onClose={onClose} size={760}>
      {fix ? <Change request={request} fix={fix} onClose={onClose} /> : <Text size="sm">{request.sentence}</Text>}
    </FormDialog>
  )
}

function Change({ request, fix, onClose }: FixDialogProps & { readonly fix: RefusedRequestFix }) {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>()
  const { title, warning, method, path, body, before, after } = fix

  async function apply(): Promise<void> {
    setBusy(true)
    setProblem(undefined)
    try {
      const undo = await applyFix(request)
      onClose()
      notifyDone(`Done: ${title}. Try the sign-in again.`, undo)
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }

  return (
    <Stack gap="md">
      {warning !== null && (
        <Alert color="orange" variant="light" icon={<TriangleAlert size={18} />} title="Before you do this">
          {warning}
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <ChangedList title="Before" entries={before} others={after} sign="−" />
        <ChangedList title="After" entries={after} others={before} sign="+" />
      </SimpleGrid>
      <Stack gap={4}>
        <Text size="xs" fw={600} c="dimmed">
          As API call
        </Text>
        <ScrollArea.Autosize mah={220}>
          <CodeBlock code={curlLine({ method, path, body: body ?? undefined })} label="API call" />
        </ScrollArea.Autosize>
      </Stack>
      {problem !== undefined && <Failed error={problem} title="Nothing was changed" />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={isBusy} onClick={() => void apply()}>
          {title}
        </Button>
      </Group>
    </Stack>
  )
}
