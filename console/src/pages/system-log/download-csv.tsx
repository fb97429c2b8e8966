import { Button } from '@mantine/core'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { exportLog, type LogQuestion } from '../../api/logs.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { saveFile } from '../../ui/save-file.ts'

export function DownloadCsv({ question }: { readonly question: LogQuestion }) {
  const [isBusy, setBusy] = useState(false)

  async function download(): Promise<void> {
    setBusy(true)
    try {
      const { blob, isWhole } = await exportLog(question)
      saveFile(blob, `system-log-${new Date().toISOString().slice(0, 10)}.csv`)
      if (!isWhole) notifyDone('The file holds the newest 10,000 events: ask for a shorter time to get the others.')
    } catch (error) {
      notifyFailed(error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<Download size={14} />}
      loading={isBusy}
      onClick={() => void download()}
    >
      Download CSV
    </Button>
  )
}
