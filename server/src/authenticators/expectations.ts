// What the org expects of WebAuthn: which host keys are made for, and which pages may use them.
import { parseOrigin } from '#kernel/origin.ts'
import type { Org } from '#orgs/org.ts'
import type { OrgConfig } from '#orgs/org-config.ts'
import { allows } from '#trusted-origins/trusted-origin.ts'

export const rpIdOf = (org: Pick<Org, 'url'>): string => new URL(org.url).hostname

/** The org's own, and those that may call its API from a browser (spec of OAuth: 7.4); an empty list adds nobody. */
export function originsOf({ org, trustedOrigins }: Pick<OrgConfig, 'org' | 'trustedOrigins'>): readonly string[] {
  const trusted = trustedOrigins.filter((origin) => allows(origin, 'CORS')).map(({ origin }) => parseOrigin(origin))
  return [new URL(org.url).origin, ...trusted.filter((origin) => origin !== undefined)]
}
