// The guides of docs/guides as they are written there, in the order in which one needs them.
const FILES = import.meta.glob<string>('../../../../docs/guides/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
})

const ORDER = [
  'create-an-app',
  'refresh-tokens',
  'trusted-origins',
  'initiate-login',
  'sign-in-policies',
  'mail',
  'from-okta',
]

export interface Guide {
  readonly name: string
  readonly title: string
  /** Its first sentence: what one learns in it. */
  readonly sentence: string
  /** Markdown, without the title and the sentence. */
  readonly text: string
}

/** `# Title`, an empty line, one sentence, an empty line, the rest. */
const FORM = /^# (.+)\n\n(.+)\n\n([\s\S]+)$/

function readGuide(path: string, text: string): Guide {
  const name = /([\w-]+)\.md$/.exec(path)?.[1] ?? path
  const [, title = name, sentence = '', rest = text] = FORM.exec(text) ?? []
  return { name, title, sentence, text: rest }
}

const placeOf = ({ name }: Guide): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length)

export const GUIDES: readonly Guide[] = Object.entries(FILES)
  .map(([path, text]) => readGuide(path, text))
  .sort((one, other) => placeOf(one) - placeOf(other))
