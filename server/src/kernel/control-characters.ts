// Characters that nobody types and no page shows; PostgreSQL's text cannot even hold the first of them.
const CONTROL = /[\p{Cc}--[\t\r\n]]/v

/** Whether a text holds any but tabs and line breaks. */
export const hasControlCharacters = (text: string): boolean => CONTROL.test(text)

/** The beginning of a text as every database keeps it: without U+0000 and without half of a surrogate pair. */
export const keptText = (text: string, most: number): string =>
  text.slice(0, most).replaceAll('\0', '\uFFFD').toWellFormed()
