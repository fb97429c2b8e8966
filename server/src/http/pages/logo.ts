import { type Html, html } from '#http/html.ts'
import { archPath, keystonePath } from './look.ts'

/** Decoration: the name stands beside it. */
export const logo: Html = html`<svg viewBox="0 0 48 48" aria-hidden="true" focusable="false"><path class="mark-arch" d="${archPath}"/><path class="mark-keystone" d="${keystonePath}"/></svg>`
