// What a developer on their own machine is told of a refusal, in the answer and in the log: why, and what mends it.
import type { Explanation } from './explain.ts'

/** The page with a button for every fix. */
const PAGE = '/admin/reports/refused-requests'

export interface Hint {
  readonly sentence: string
  /** What to do, where the console has it, and the address of the page whose button does it; null where no single call mends it. */
  readonly fix: string | null
}

export const hintOf = ({ sentence, fix, app }: Explanation, consoleUrl: string): Hint => ({
  sentence,
  fix: fix ? `${fix.title} (${fix.place}). One click: ${consoleUrl}${PAGE}${app ? `?app=${app.id}` : ''}` : null,
})
