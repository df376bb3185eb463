/** The frame of every page: plain HTML that works without scripts, with the keyboard, in light and dark. */
import { escapeXml as escape } from "../xml/XmlElement.ts"
import type { MenuLanguage } from "./MenuLink.ts"
import { menuTexts } from "./menuTexts.ts"

export { escapeXml as escape } from "../xml/XmlElement.ts"

const style = `
:root { color-scheme: light dark; --page: #f4f5f7; --card: #fff; --text: #1c2430; --quiet: #56606e; --line: #c5ccd6; --main: #0b57a4; --on-main: #fff; --warn: #8a4b00; --warn-page: #fff4e0 }
@media (prefers-color-scheme: dark) { :root { --page: #12161c; --card: #1c222b; --text: #e9edf2; --quiet: #a5b0be; --line: #465061; --main: #8ec1ff; --on-main: #0b1b2c; --warn: #ffd591; --warn-page: #33270f } }
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 34rem; margin: 0 auto; padding: 1.5rem 1rem 3rem }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 1rem 0 }
.notice { margin: 0; padding: .5rem 1rem; text-align: center; background: var(--warn-page); color: var(--warn); font-size: .9rem }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem 1.25rem; margin: 0 0 1rem }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1.5rem; margin: 0 }
dt { color: var(--quiet) } dd { grid-column: 2; margin: 0; text-align: right; overflow-wrap: anywhere } .sum { font-weight: 700; font-size: 1.15rem }
fieldset { min-width: 0 } legend { float: left; width: 100%; font-weight: 700; padding: 0; margin: 0 0 .5rem } legend + * { clear: both }
.choice { border-top: 1px solid var(--line); padding: .25rem 0 }
.choice:first-of-type { border-top: 0 }
.choice > label { display: flex; align-items: center; gap: .75rem; padding: .6rem .25rem; cursor: pointer }
input[type=radio] { width: 1.25rem; height: 1.25rem; accent-color: var(--main); flex: none }
.more { padding: 0 0 .75rem 2.25rem } .more label { display: block; color: var(--quiet); font-size: .9rem }
.more { display: none } .choice:has(input:checked) .more { display: block }
@supports not selector(:has(*)) { .more { display: block } }
select, .more input { font: inherit; width: 100%; padding: .5rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--card); color: var(--text) }
button { font: inherit; width: 100%; min-height: 2.9rem; margin: .35rem 0; padding: .5rem 1rem; border-radius: .5rem; border: 1px solid var(--line); background: var(--card); color: var(--text); cursor: pointer }
button.main { background: var(--main); border-color: var(--main); color: var(--on-main); font-weight: 700 }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px }
.problem { border-left: .3rem solid var(--warn); background: var(--warn-page); color: var(--warn); padding: .6rem 1rem; border-radius: .4rem }
a { color: var(--main) }
`

export interface Page {
  readonly status: number
  readonly html: string
}

/** A whole page around its content, which must be escaped already. */
export const page = (
  language: MenuLanguage,
  parts: { readonly status?: number; readonly title: string; readonly content: string }
): Page => ({
  status: parts.status ?? 200,
  html: `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escape(parts.title)}</title>
<style>${style}</style>
</head>
<body>
<header class="notice">${escape(menuTexts[language].notice)}</header>
<main>
<h1>${escape(parts.title)}</h1>
${parts.content}
</main>
</body>
</html>
`
})

/** A page with one message. */
export const messagePage = (
  language: MenuLanguage,
  parts: { readonly status: number; readonly title: string; readonly message: string; readonly more?: string }
): Page =>
  page(language, {
    status: parts.status,
    title: parts.title,
    content: `<div class="card"><p>${escape(parts.message)}</p>${parts.more ?? ""}</div>`
  })

export const hiddenFields = (fields: ReadonlyArray<readonly [string, string]>): string =>
  fields.map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`).join("\n")
