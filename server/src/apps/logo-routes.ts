// Logos: uploaded at /api/v1/apps/{appId}/logo, served to everybody under a name made of the content, which therefore never changes.
import { empty } from '#http/answer.ts'
import { type Route, route } from '#http/route.ts'
import type { Deps } from '../deps.ts'
import { logoUrl } from './answer-schema.ts'
import { getLogo, uploadLogo } from './logo-service.ts'

export const logoRoutes = (deps: Deps): readonly Route[] => [
  route({
    method: 'POST',
    url: '/api/v1/apps/:appId/logo',
    zone: 'none',
    bucket: 'app',
    permission: 'okta.apps.manage',
    upload: 'file',
    summary: 'Upload a logo',
    async handler({ caller, params, file = new Uint8Array() }) {
      const logo = await uploadLogo(deps, caller, params.appId ?? '', file)
      return empty(201, { headers: { location: logoUrl(caller.orgUrl, logo) } })
    },
  }),
  route({
    method: 'GET',
    url: '/assets/img/logos/:hash',
    zone: 'public',
    bucket: 'api',
    summary: 'A logo',
    async handler({ caller, params }) {
      const { type, content: bytes } = await getLogo(deps, caller, params.hash ?? '')
      return {
        status: 200,
        file: { type, bytes },
        headers: {
          'cache-control': 'public, max-age=31536000, immutable',
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        },
      }
    },
  }),
]
