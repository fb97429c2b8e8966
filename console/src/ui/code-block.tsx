import { Box, Code, Group } from '@mantine/core'
import { CopyAction } from './copy-value.tsx'

/** Lines of code or JSON, and beside them, so that it hides none, a button that copies them. */
export function CodeBlock({ code, label }: { readonly code: string; readonly label: string }) {
  return (
    <Group gap={4} wrap="nowrap" align="flex-start">
      <Code block tabIndex={0} aria-label={label} flex={1} miw={0} style={{ overflowX: 'auto' }}>
        {code}
      </Code>
      <Box pt={6} lh={0}>
        <CopyAction value={code} label={label} />
      </Box>
    </Group>
  )
}
