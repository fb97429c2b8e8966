import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './shell/global.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/query-client.ts'
import { router } from './router.tsx'
import { readableVariables, theme } from './shell/theme.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has lost its #root')

// Browsers keep a page that was left and show it again as it was, also to whoever comes after a sign-out.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) window.location.reload()
})

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={readableVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <Notifications position="top-center" />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
