import { Box, Code } from '@mantine/core'
import { CopyAction } from './copy-value.tsx'

/** Lines of code or JSON with a button that copies them. */
export function CodeBlock({ code, label }: { readonly code: string; readonly label: string }) {
  return (
    <Box pos="relative">
      <Code block tabIndex={0} aria-label={label} pr={40} style={{ overflowX: 'auto' }}>
        {code}
      </Code>
      <Box pos="absolute" top={6} right={6} bg="var(--mantine-color-default)" bdrs="sm" lh={0}>
        <CopyAction value={code} label={label} />
      </Box>
    </Box>
  )
}
