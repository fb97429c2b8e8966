// Pictures of the guides, as the build names them.
const FILES = import.meta.glob<string>(
  ['../../../../docs/screens/*.png', '!../../../../docs/screens/*-dark.png', '!../../../../docs/screens/*-narrow.png'],
  { query: '?url', import: 'default', eager: true },
)

/** The address of a picture that a guide names relative to itself. */
export const pictureOf = (path: string): string | undefined => FILES[path.replace(/^\.\.\//, '../../../../docs/')]
