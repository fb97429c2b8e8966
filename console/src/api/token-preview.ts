// What an authorization server would put into its tokens.
import { type AnswerOf, type BodyOf, call } from './client.ts'

const PREVIEW = 'POST /api/v1/keystead/authorization-servers/{serverId}/token-preview'

export type TokenPreviewBody = BodyOf<typeof PREVIEW>
export type TokenPreview = AnswerOf<typeof PREVIEW>

/** Issues nothing. @throws {ApiError} with the sentence that the app would get */
export const previewToken = (serverId: string, body: TokenPreviewBody): Promise<TokenPreview> =>
  call(PREVIEW, { params: { serverId }, body })
