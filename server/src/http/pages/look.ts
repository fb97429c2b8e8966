/**
 * How every hosted page looks: one style sheet, light and dark, 320 px to desktop, without a single request.
 * Text and controls keep WCAG AA contrast in both schemes: body text 4.5:1, edges of inputs and focus rings 3:1.
 */

/** The mark, in a box of 48 × 48: two halves of an arch, held by the keystone between them. */
export const archPath =
  'M17.86 6.42A21 21 0 0 0 3 26.5V43.5h11.5V26.5A9.5 9.5 0 0 1 20.29 17.76Z' +
  'M30.14 6.42A21 21 0 0 1 45 26.5V43.5h-11.5V26.5A9.5 9.5 0 0 0 27.71 17.76Z'
export const keystonePath = 'M19.03 3H28.97L25.44 19.5H22.56Z'

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><style>.a{fill:#0d5c63}' +
  '@media(prefers-color-scheme:dark){.a{fill:#5cc0b6}}</style>' +
  `<path class="a" d="${archPath}"/><path fill="#c08a33" d="${keystonePath}"/></svg>`

/** The tab's icon as a data URL: without it each page would ask for /favicon.ico. */
export const iconHref = `data:image/svg+xml,${encodeURIComponent(icon)}`

const lightColours = `
  --page: #edf2f1; --glow: #dbe8e6; --card: #fff; --ink: #12292d; --muted: #4a6265; --line: #d5dfde; --edge: #71888a;
  --teal: #0d5c63; --teal-over: #0a474d; --on-teal: #fff; --quiet-over: #eaf2f1; --brass: #b88130;
  --bad: #9c261c; --bad-soft: #fdf1ef; --bad-line: #e5b5ae; --shadow: 0 1px 2px #10272b14, 0 16px 40px -12px #10272b2e;`

const darkColours = `
  --page: #0a1315; --glow: #10262a; --card: #121f22; --ink: #e4eeec; --muted: #a5bab9; --line: #293b3e; --edge: #728d8f;
  --teal: #5cc0b6; --teal-over: #7bd2c9; --on-teal: #05272a; --quiet-over: #1b2d31; --brass: #e0b15e;
  --bad: #ffa699; --bad-soft: #301a1a; --bad-line: #6e3a36; --shadow: 0 1px 2px #0006, 0 16px 40px -12px #0009;`

export const styleSheet = `
:root { color-scheme: light dark;${lightColours}
}
@media (prefers-color-scheme: dark) { :root {${darkColours}
} }
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; display: flex; flex-direction: column; align-items: center;
  padding: max(32px, 9vh) 16px 32px; color: var(--ink);
  background: var(--page) radial-gradient(ellipse 720px 420px at 50% 0, var(--glow), transparent) no-repeat;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif;
  overflow-wrap: anywhere;
}
.brand { display: flex; align-items: center; gap: 12px; max-width: 448px; margin: 0 0 24px; font-weight: 600; font-size: 1.125rem; }
.brand svg { flex: none; width: 40px; height: 40px; }
.mark-arch { fill: var(--teal); }
.mark-keystone { fill: var(--brass); }
.card {
  width: 100%; max-width: 448px; padding: 36px 40px 40px; background: var(--card);
  border: 1px solid var(--line); border-radius: 16px; box-shadow: var(--shadow);
}
.wide .card { max-width: 560px; }
h1 { margin: 0; font-size: 1.625rem; line-height: 1.25; font-weight: 650; letter-spacing: -.01em; text-wrap: balance; }
h2 { margin: 28px 0 4px; font-size: 1rem; line-height: 1.4; font-weight: 600; }
p { margin: 12px 0 0; }
.lead, .hint { color: var(--muted); }
.lead { margin-top: 6px; }
.lead strong { color: var(--ink); font-weight: 600; }
.hint { font-size: .9375rem; }
a { color: var(--teal); text-underline-offset: .2em; border-radius: 3px; }
a:hover { color: var(--teal-over); }
form { margin: 0; }
.field { margin-top: 20px; }
.field label { display: block; margin-bottom: 6px; font-size: .9375rem; font-weight: 600; }
.field input {
  display: block; width: 100%; min-height: 48px; padding: 10px 14px; font: inherit; color: var(--ink);
  background: var(--card); border: 1px solid var(--edge); border-radius: 10px; transition: border-color .12s;
}
.field input:hover { border-color: var(--ink); }
.field .hint { margin: 6px 0 0; }
.field input[readonly] { color: var(--muted); background: var(--page); }
.field input[aria-invalid] { border-color: var(--bad); }
.tick { display: flex; gap: 12px; align-items: flex-start; margin-top: 8px; padding: 10px 0; cursor: pointer; }
.tick input { flex: none; width: 20px; height: 20px; margin: 2px 0 0; accent-color: var(--teal); cursor: inherit; }
.button {
  display: block; width: 100%; min-height: 48px; margin-top: 24px; padding: 11px 12px; font: inherit; font-weight: 600;
  text-align: center; text-decoration: none; cursor: pointer; border: 1px solid transparent; border-radius: 10px;
  color: var(--on-teal); background: var(--teal); transition: background-color .12s; -webkit-appearance: none; appearance: none;
}
.button:hover { color: var(--on-teal); background: var(--teal-over); }
.button.quiet { color: var(--teal); background: transparent; border-color: var(--edge); }
.button.quiet:hover { background: var(--quiet-over); }
.buttons { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; margin-top: 28px; }
.tick + .button { margin-top: 14px; }
.button + form .button { margin-top: 12px; }
.buttons .button { margin: 0; }
:focus-visible { outline: 3px solid var(--teal); outline-offset: 2px; }
.field input:focus-visible { outline-offset: 0; border-color: var(--teal); }
.alert { margin-top: 20px; padding: 12px 16px; background: var(--bad-soft); border: 1px solid var(--bad-line); border-radius: 10px; }
.alert p { margin: 0; color: var(--bad); }
.alert:focus-visible { outline: 2px solid var(--bad); outline-offset: -1px; }
.note { margin-top: 20px; padding: 12px 16px; background: var(--quiet-over); border: 1px solid var(--line); border-radius: 10px; }
.list { margin: 8px 0 0; padding: 0; list-style: none; }
.list > li { padding: 12px 0; border-top: 1px solid var(--line); }
.list > li:first-child { border-top: 0; }
.list .tick { margin: 0; padding: 0; }
.list .hint { display: block; margin-top: 2px; }
.list strong { font-weight: 600; }
.granted { display: flex; gap: 12px; align-items: flex-start; }
.granted svg { flex: none; width: 20px; height: 20px; margin-top: 2px; color: var(--teal); }
dl { margin: 24px 0 0; padding: 16px 20px; border: 1px solid var(--line); border-radius: 10px; }
dt { font-size: .875rem; color: var(--muted); }
dt + dd, dd { margin: 0 0 12px; }
dd:last-child { margin-bottom: 0; }
dd.code { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, "Liberation Mono", monospace; font-size: .9375rem; }
.after { margin-top: 24px; font-size: .9375rem; color: var(--muted); }
.named { display: flex; flex-wrap: wrap; gap: 0 20px; align-items: baseline; margin-top: 20px; }
.named p { margin: 0; }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; border: 0; overflow: hidden; clip-path: inset(50%); }
.ways { display: flex; flex-wrap: wrap; gap: 4px 20px; margin-top: 16px; }
.aside { margin-top: 16px; }
.aside + .aside { margin-top: 4px; }
.link { padding: 4px 0; font: inherit; font-size: .9375rem; color: var(--teal); background: none; border: 0; border-radius: 3px; text-decoration: underline; text-underline-offset: .2em; cursor: pointer; }
.link:hover { color: var(--teal-over); }
.choices { display: grid; gap: 12px; margin: 20px 0 0; padding: 0; list-style: none; }
h2 + .choices { margin-top: 8px; }
.choice {
  display: block; width: 100%; padding: 14px 16px; font: inherit; text-align: start; color: var(--ink); cursor: pointer;
  background: var(--card); border: 1px solid var(--edge); border-radius: 10px;
}
.choice:hover { background: var(--quiet-over); }
.choice strong { display: block; font-weight: 600; }
.field input.digits { letter-spacing: .2em; font-variant-numeric: tabular-nums; }
.field select {
  display: block; width: 100%; min-height: 48px; padding: 10px 10px; font: inherit; color: var(--ink); text-overflow: ellipsis;
  background: var(--card); border: 1px solid var(--edge); border-radius: 10px;
}
.field select:hover { border-color: var(--ink); }
.qr { display: block; width: 200px; height: 200px; margin: 20px auto 0; padding: 8px; background: #fff; border: 1px solid var(--line); border-radius: 10px; }
.secret { display: block; margin-top: 4px; color: var(--ink); font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, "Liberation Mono", monospace; letter-spacing: .06em; }
@media (max-width: 520px) {
  body { padding: 24px 16px; }
  .card { padding: 28px 20px; }
  h1 { font-size: 1.5rem; }
}
@media (max-width: 360px) {
  .buttons { grid-template-columns: 1fr; }
}
@media (forced-colors: active) { .mark-arch, .mark-keystone { fill: CanvasText; } .button { border-color: ButtonBorder; } }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important; } }
`.replaceAll(/\s*\n\s*/g, '')
