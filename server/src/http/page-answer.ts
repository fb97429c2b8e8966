// A page as an answer: with a nonce of its own, under a policy that allows what the page says it needs and nothing else.
import type { RandomBytes } from '#kernel/id.ts'
import { randomToken } from '#kernel/secret.ts'
import type { Answer } from './answer.ts'
import { type PageCsp, pageCsp } from './html.ts'

const NONCE_BYTES = 18

export interface PageTerms extends Partial<Omit<PageCsp, 'nonce'>> {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: readonly string[]
}

/**
 * `render` is handed the nonce for styles and scripts. Left unsaid, forms lead to the org's own pages alone, nobody frames the page, no
 * script runs, and other sites are not told where the person comes from.
 */
export function pageAnswer(random: RandomBytes, render: (nonce: string) => string, terms: PageTerms = {}): Answer {
  const { status = 200, headers, cookies, formActionOrigins = [], frameAncestors = [], script = false } = terms
  const nonce = randomToken(random, NONCE_BYTES)
  return {
    status,
    html: render(nonce),
    headers: {
      'referrer-policy': 'same-origin',
      ...headers,
      'content-security-policy': pageCsp({ nonce, formActionOrigins, frameAncestors, script }),
    },
    ...(cookies && { cookies }),
  }
}
