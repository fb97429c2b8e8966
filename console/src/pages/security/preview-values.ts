// The question of a token preview as its form has it, and as the API takes it. Pure.
import type { TokenPreviewBody } from '../../api/token-preview.ts'

export const PREVIEW_GRANTS = {
  authorization_code: 'Authorization Code',
  refresh_token: 'Refresh Token',
  client_credentials: 'Client Credentials',
} as const satisfies Partial<Record<TokenPreviewBody['grantType'], string>>

export type PreviewValues = {
  /** One at most, as lists: that is what pickers hold. */
  client: string[]
  user: string[]
  grantType: keyof typeof PREVIEW_GRANTS
  scopes: string[]
}

export const newQuestion = (): PreviewValues => ({
  client: [],
  user: [],
  grantType: 'authorization_code',
  scopes: ['openid'],
})

export const isOfPerson = ({ grantType }: Pick<PreviewValues, 'grantType'>): boolean =>
  grantType !== 'client_credentials'

export function toRequest(values: PreviewValues): TokenPreviewBody {
  const { grantType, scopes } = values
  const [clientId = ''] = values.client
  const [userId] = values.user
  return { clientId, grantType, scopes, ...(isOfPerson(values) && userId !== undefined ? { userId } : {}) }
}
