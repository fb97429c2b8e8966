// The one user type of an org, `user`, and its schema. Their ids follow from the org's own, so that they are the same for ever.
import type { OrgId } from '#kernel/id.ts'
import { ID_PREFIXES } from '#kernel/id.ts'

const ofOrg = (prefix: string, org: OrgId): string => prefix + org.slice(ID_PREFIXES.org.length)

export const userTypeId = (org: OrgId): string => ofOrg(ID_PREFIXES.userType, org)
export const userSchemaId = (org: OrgId): string => ofOrg(ID_PREFIXES.userSchema, org)
