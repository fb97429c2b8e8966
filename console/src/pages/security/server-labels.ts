// What the choices of an authorization server are called.
export const ISSUER_LABELS = { ORG_URL: 'Keystead URL', DYNAMIC: 'Dynamic (based on request domain)' } as const
export const ROTATION_LABELS = { AUTO: 'Automatic', MANUAL: 'Manual' } as const
