import { Alert } from '@mantine/core'
import { TriangleAlert } from 'lucide-react'

/** Said before somebody does to themselves what may shut them out. */
export function OwnAccount({ warning }: { readonly warning: string }) {
  return (
    <Alert color="orange" variant="light" mt="sm" icon={<TriangleAlert size={18} />}>
      {warning}
    </Alert>
  )
}
