// An authorization server as its form shows it, and back. Pure.
import type { ServerBody } from '../../api/authorization-servers.ts'
import type { AuthorizationServer } from '../../api/types.ts'

export type ServerFormValues = {
  name: string
  audience: string
  description: string
  issuerMode: AuthorizationServer['issuerMode']
  rotationMode: AuthorizationServer['credentials']['signing']['rotationMode']
}

export const newServer = (): ServerFormValues => ({
  name: '',
  audience: '',
  description: '',
  issuerMode: 'ORG_URL',
  rotationMode: 'AUTO',
})

export const toForm = ({ name, audiences, description, issuerMode, credentials }: AuthorizationServer) => ({
  name,
  audience: audiences[0] ?? '',
  description: description ?? '',
  issuerMode,
  rotationMode: credentials.signing.rotationMode,
})

export const toRequest = (values: ServerFormValues): ServerBody => ({
  name: values.name.trim(),
  description: values.description.trim(),
  audiences: [values.audience.trim()],
  issuerMode: values.issuerMode,
  credentials: { signing: { rotationMode: values.rotationMode } },
})
