import { aKilledServerLosesNothing } from './rotation-crash.ts'

aKilledServerLosesNothing('postgres')
