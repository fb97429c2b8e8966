const NAME = /^[\x21\x23-\x5b\x5d-\x7e]+$/

/** In the server's words; undefined for a good name. */
export function scopeNameProblem(text: string): string | undefined {
  const name = text.trim()
  if (name === '') return 'The field cannot be left blank'
  if (!NAME.test(name))
    return 'The name may hold printable ASCII characters only, without spaces, quotation marks and backslashes'
  return name === 'okta' || name === '*' || /^okta[.:]/.test(name) ? `'${name}' is reserved` : undefined
}
