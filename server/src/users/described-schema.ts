// What a person's answer promises.
import Type from 'typebox'
import { nullable } from '#http/wire.ts'
import { USER_STATUSES } from './user.ts'

const time = nullable(Type.String())

export const UserAnswer = Type.Object(
  {
    id: Type.String(),
    status: Type.Enum(USER_STATUSES),
    created: Type.String(),
    activated: time,
    statusChanged: time,
    lastLogin: time,
    lastUpdated: Type.String(),
    passwordChanged: time,
    profile: Type.Intersect([Type.Object({ login: Type.String() }), Type.Record(Type.String(), Type.Unknown())]),
    credentials: Type.Object({
      /** There where the person has one; its value is never shown. */
      password: Type.Optional(Type.Object({})),
      provider: Type.Object({ type: Type.String(), name: Type.String() }),
    }),
    _links: Type.Record(Type.String(), Type.Object({ href: Type.String() })),
  },
  { title: 'User' },
)

export const UserListAnswer = Type.Array(UserAnswer)

/** Nothing where no link was asked for, or none is needed. */
export const ActivationAnswer = Type.Object(
  { activationUrl: Type.Optional(Type.String()), activationToken: Type.Optional(Type.String()) },
  { title: 'Activation' },
)

export const ResetAnswer = Type.Object({ resetPasswordUrl: Type.Optional(Type.String()) }, { title: 'PasswordReset' })

export const TemporaryPasswordAnswer = Type.Object({ tempPassword: Type.String() }, { title: 'TemporaryPassword' })
