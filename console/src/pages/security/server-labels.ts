// What the choices of an authorization server are called.
export const ISSUER_LABELS = { ORG_URL: 'Org URL', DYNAMIC: 'Dynamic (the domain that was asked)' } as const
export const ROTATION_LABELS = { AUTO: 'Automatic', MANUAL: 'Manual' } as const
