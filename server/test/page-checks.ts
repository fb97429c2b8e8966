import assert from 'node:assert/strict'

/** Checks that hold for every hosted page, on a small reading of the markup that our own pages use. */

type Tag = { name: string; attributes: ReadonlyMap<string, string>; closing: boolean }

const tagPattern = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z][\w:.-]*(?:="[^"]*")?)*)\s*\/?>/gi
const attributePattern = /([a-z][\w:.-]*)(?:="([^"]*)")?/gi

export function tagsOf(page: string): Tag[] {
  const rest = page.replace(/^<!doctype html>/, '').replaceAll(/(<(script|style)\b[^>]*>)[\s\S]*?(<\/\2>)/g, '$1$3')
  assert.doesNotMatch(rest.replaceAll(tagPattern, ''), /[<>]/, 'an angle bracket stands outside of a tag')
  return [...rest.matchAll(tagPattern)].map(([, slash, name = '', attributes = '']) => ({
    name,
    closing: slash === '/',
    attributes: new Map([...attributes.matchAll(attributePattern)].map(([, key = '', value = '']) => [key, value])),
  }))
}

/** The first opening tag that carries all of these attributes. */
export function findTag(page: string, name: string, attributes: Readonly<Record<string, string>>): Tag {
  const found = tagsOf(page).find(
    (tag) =>
      tag.name === name &&
      !tag.closing &&
      Object.entries(attributes).every(([key, value]) => tag.attributes.get(key) === value),
  )
  assert.ok(found, `<${name}> with ${JSON.stringify(attributes)}`)
  return found
}

/** One document with language, title and one heading; bound labels; nothing loaded and nothing run without the nonce. */
export function assertSoundPage(page: string, nonce: string) {
  const tags = tagsOf(page).filter((tag) => !tag.closing)
  const named = (name: string) => tags.filter((tag) => tag.name === name)
  assert.match(page, /^<!doctype html>\n<html lang="[a-z-]+">/)
  assert.match(page, /<title>[^<]+<\/title>/)
  assert.equal(named('h1').length, 1)
  assert.equal(named('main').length, 1)

  const ids = tags.flatMap((tag) => tag.attributes.get('id') ?? [])
  assert.equal(new Set(ids).size, ids.length, 'ids are unique')
  for (const tag of tags) {
    for (const reference of ['for', 'aria-describedby', 'aria-labelledby']) {
      const list = tag.attributes.get(reference)
      for (const id of list?.split(' ') ?? []) assert.ok(ids.includes(id), `${reference}="${list}" leads to elements`)
    }
    for (const [attribute, value] of tag.attributes) {
      assert.doesNotMatch(attribute, /^(on.*|style|srcset)$/i)
      if (attribute === 'src')
        assert.match(`${tag.name} ${value}`, /^img (?:\/[\w-]|data:image\/)/, 'a picture of our own')
    }
  }
  const wrapped = [...page.matchAll(/<label\b[^>]*>(?:(?!<\/label>)[\s\S])*?(<input [^>]*>)/g)].map(
    ([, input]) => input,
  )
  const labelled = named('label').map((tag) => tag.attributes.get('for'))
  for (const [input] of page.matchAll(/<input [^>]*>/g)) {
    if (/ type="(hidden|submit)"/.test(input)) continue
    const id = / id="([^"]*)"/.exec(input)?.[1]
    assert.ok(wrapped.includes(input) || (id !== undefined && labelled.includes(id)), `${input} has a label`)
  }

  for (const link of named('link')) assert.match(link.attributes.get('href') ?? '', /^data:/)
  for (const element of [...named('style'), ...named('script')]) {
    if (element.attributes.get('type') !== 'application/json') assert.equal(element.attributes.get('nonce'), nonce)
  }
}

const poisons = [
  '"><script>alert(1)</script>',
  "'><img src=x onerror=alert(1)>",
  '</script><script>alert(1)</script>',
  '</title></style></textarea><script>alert(1)</script>',
  '<!--<script>',
  '" autofocus onfocus="alert(1)',
  '\u2028\u2029&quot;&#34;',
]

/** Whatever stands in the strings of the view, the page keeps the elements and attribute names that it had. */
export function assertInert<View extends object>(render: (view: View) => string, view: View) {
  const shape = (page: string) =>
    tagsOf(page).map(
      ({ name, closing, attributes }) => `${closing ? '/' : ''}${name} ${[...attributes.keys()].join(' ')}`,
    )
  const expected = shape(render(view))
  for (const poison of poisons) assert.deepEqual(shape(render(poisoned(view, poison))), expected, poison)
}

/** Addresses keep their beginning, so that they stay addresses; an exact origin has no room for poison. */
function poisoned<View extends object>(view: View, poison: string): View {
  return JSON.parse(JSON.stringify(view), (key, value: unknown) => {
    if (typeof value !== 'string' || key === 'targetOrigin') return value
    return value.startsWith('/') || value.startsWith('http') ? value + poison : poison
  })
}
