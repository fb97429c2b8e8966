// What the answers about tokens and those who hold them promise.
import Type from 'typebox'
import { nullable } from '#http/wire.ts'

export const TokenListAnswer = Type.Array(
  Type.Object(
    {
      id: Type.String(),
      status: Type.String(),
      created: Type.String(),
      lastUpdated: Type.String(),
      expiresAt: nullable(Type.String()),
      issuer: Type.String(),
      clientId: Type.String(),
      userId: Type.String(),
      scopes: Type.Array(Type.String()),
    },
    { title: 'RefreshToken' },
  ),
)

export const ClientListAnswer = Type.Array(
  Type.Object({ client_id: Type.String(), client_name: Type.String() }, { title: 'TokenClient' }),
)
