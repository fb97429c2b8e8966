import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { BeingBuilt } from './shell/being-built.tsx'
import { Frame } from './shell/frame.tsx'

const frame = createRootRoute({ component: Frame, notFoundComponent: BeingBuilt })
const home = createRoute({ getParentRoute: () => frame, path: '/', component: BeingBuilt })

export const router = createRouter({
  routeTree: frame.addChildren([home]),
  basepath: '/admin',
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
