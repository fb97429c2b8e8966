import { type Html, html, type Page, renderPage } from '#http/html.ts'
import { logo } from './logo.ts'

/** What every page of ours says besides its own matter. */
export type Frame = {
  nonce: string
  /** Shown beside the mark; Keystead's own name where no org is known. */
  orgName?: string | undefined
}

export type Card = Pick<Page, 'bodyClass' | 'head' | 'referrer'> & {
  frame: Frame
  /** Of the tab, where the heading alone would not do. */
  title?: string
  heading: string
  body: Html
}

/** A page with one card: the mark and the org above it, one heading, the matter. */
export function cardPage({ frame, title, heading, body, ...page }: Card): string {
  const name = frame.orgName || 'Keystead'
  return renderPage({
    ...page,
    nonce: frame.nonce,
    title: `${title ?? heading} · ${name}`,
    body: html`<header class="brand">${logo}<span>${name}</span></header>
<main class="card">
<h1 data-se="o-form-head">${heading}</h1>
${body}
</main>`,
  })
}
