import { type Html, html } from '#http/html.ts'

/** What the dashboard's pages look like beyond the style of all hosted pages. */
export const dashboardStyle = (nonce: string): Html => html`<style nonce="${nonce}">
.home { padding: 0; align-items: stretch; }
.skip { position: absolute; inset-inline-start: 8px; top: -80px; padding: 8px 16px; background: var(--card); border-radius: 10px; }
.skip:focus { top: 8px; z-index: 1; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.top { display: flex; flex-wrap: wrap; align-items: center; gap: 12px 24px; padding: 12px 24px; background: var(--card); border-bottom: 1px solid var(--line); }
.top .brand { margin: 0; color: inherit; text-decoration: none; }
.top .brand svg { width: 32px; height: 32px; }
.search { display: flex; flex: 1 1 220px; gap: 8px; max-width: 420px; margin-inline: auto; }
.search input { flex: 1; min-width: 0; min-height: 44px; padding: 8px 14px; font: inherit; color: var(--ink); background: var(--card); border: 1px solid var(--edge); border-radius: 10px; }
.small { width: auto; min-height: 44px; margin: 0; padding: 8px 16px; }
.danger { color: var(--bad); border-color: var(--bad); }
.me { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; }
.me .link { white-space: nowrap; }
.me p { min-width: 0; margin: 0; line-height: 1.3; }
.tabs { padding: 0 16px; background: var(--card); border-bottom: 1px solid var(--line); }
.tabs ul { display: flex; flex-wrap: wrap; margin: 0; padding: 0; list-style: none; }
.tabs a { display: block; padding: 11px 12px 9px; border-bottom: 3px solid transparent; color: var(--ink); text-decoration: none; }
.tabs a:hover { color: var(--teal); }
.tabs a[aria-current] { color: var(--teal); border-color: var(--teal); font-weight: 600; }
.page { width: 100%; max-width: 1088px; margin: 0 auto; padding: 32px 24px 56px; }
.page.text { max-width: 688px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(152px, 1fr)); gap: 16px; margin: 24px 0 0; padding: 0; list-style: none; }
.tile { display: flex; flex-direction: column; align-items: center; gap: 12px; height: 100%; padding: 24px 12px 20px; text-align: center; text-decoration: none; font-weight: 600; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 16px; }
.tile span:last-child { display: -webkit-box; overflow: hidden; -webkit-box-orient: vertical; -webkit-line-clamp: 3; }
.tile:hover { color: var(--teal); border-color: var(--teal); }
.face { flex: none; display: grid; place-items: center; width: 56px; height: 56px; border-radius: 14px; object-fit: contain; font-size: 1.25rem; font-weight: 600; }
span.face { color: var(--on-teal); background: var(--teal); }
.row .face { width: 44px; height: 44px; font-size: 1rem; }
.empty { margin-top: 24px; padding: 40px 24px; text-align: center; border: 1px dashed var(--edge); border-radius: 16px; }
.empty h2, .empty h3, .empty p:first-child { margin: 0; font-size: 1.0625rem; }
.panel { margin-top: 24px; padding: 4px 24px 24px; background: var(--card); border: 1px solid var(--line); border-radius: 16px; }
.panel dl { margin-top: 20px; }
.rows { margin: 20px 0 0; padding: 0; list-style: none; background: var(--card); border: 1px solid var(--line); border-radius: 16px; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: 12px 16px; padding: 16px 20px; }
.row + .row { border-top: 1px solid var(--line); }
.row div { flex: 1 1 200px; }
.row p { margin: 0; }
.row h3, .row h2 { margin: 0; font-size: 1rem; font-weight: 600; }
.pages { display: flex; flex-wrap: wrap; align-items: center; gap: 16px; margin-top: 24px; }
@media (max-width: 520px) { .home { padding: 0; } .top, .page { padding-inline: 16px; } .tabs { padding: 0 4px; } .tiles { grid-template-columns: 1fr 1fr; gap: 12px; } .search { order: 3; flex-basis: 100%; } .me { flex: 1 1 100%; flex-wrap: nowrap; justify-content: space-between; } .panel { padding: 4px 20px 20px; } }
</style>
`
