// Characters that nobody types and no page shows; PostgreSQL's text cannot even hold the first of them.
const CONTROL = /[\p{Cc}--[\t\r\n]]/v

/** Whether a text holds any but tabs and line breaks. */
export const hasControlCharacters = (text: string): boolean => CONTROL.test(text)
