import { Alert } from '@mantine/core'
import { TriangleAlert } from 'lucide-react'

/** The guide's second warning. */
export function OriginWarning() {
  return (
    <Alert color="yellow" variant="light" icon={<TriangleAlert size={18} />}>
      Name only origins that you control and trust. Their pages may read and end the session of whoever visits them.
    </Alert>
  )
}
