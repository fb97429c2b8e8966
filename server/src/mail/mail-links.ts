// The addresses that a mail leads to.
import type { RenderedMail } from './mail.ts'

/** Of the HTML in its order, then of the text; each once. */
export function linksOf({ html, text }: Pick<RenderedMail, 'html' | 'text'>): readonly string[] {
  const inHtml = [...html.matchAll(/\bhref="(https?:\/\/[^"]*)"/g)].map(([, link = '']) => unescaped(link))
  const inText = [...text.matchAll(/https?:\/\/[^\s<>"]+/g)].map(([link]) => link)
  return [...new Set([...inHtml, ...inText])]
}

const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

const unescaped = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => CHARACTERS[name] ?? '')
