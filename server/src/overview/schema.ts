// Counts on the wire.
import Type, { type Static } from 'typebox'
import type { Counts } from './service.ts'

export const CountsAnswer = Type.Object(
  {
    apps: Type.Optional(Type.Object({ active: Type.Integer(), inactive: Type.Integer() })),
    users: Type.Optional(Type.Object({ total: Type.Integer(), byStatus: Type.Record(Type.String(), Type.Integer()) })),
    groups: Type.Optional(Type.Integer()),
    refusedLastDay: Type.Optional(Type.Integer()),
  },
  { title: 'Counts' },
)

export const countsToWire = ({ apps, users, groups, refusedLastDay }: Counts): Static<typeof CountsAnswer> => ({
  ...(apps ? { apps } : {}),
  ...(users
    ? {
        users: {
          total: [...users.values()].reduce((sum, count) => sum + count, 0),
          byStatus: Object.fromEntries(users),
        },
      }
    : {}),
  ...(groups === undefined ? {} : { groups }),
  ...(refusedLastDay === undefined ? {} : { refusedLastDay }),
})
