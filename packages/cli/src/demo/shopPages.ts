/**
 * The pages of the sample shop, for whoever tries the service in a browser: HTML that works without scripts, by keyboard,
 * on a phone, in light and dark.
 */

/** What the shop receives, as far as it cares. */
export interface ReceivedEvent {
  readonly type: string
  readonly data: {
    readonly eventId: string
    readonly order: { readonly id: string; readonly shopReference: string }
    readonly from?: string
    readonly to?: string
    readonly rule?: string
  }
}

/** What the one article costs, in cents. */
export const priceMinor = 4_990

const style = `
:root { color-scheme: light dark; --page: #fff; --text: #1b1f24; --quiet: #57606a; --line: #d5dae0; --main: #0a55c4; --on-main: #fff }
@media (prefers-color-scheme: dark) { :root { --page: #14181d; --text: #e4e8ec; --quiet: #a3adb8; --line: #3a424c; --main: #7fb4ff; --on-main: #0b1b2c } }
body { margin: 0; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem 3rem }
h1 { line-height: 1.25 } h2 { font-size: 1.15rem; margin-top: 2rem }
a { color: var(--main) }
button { font: inherit; font-weight: 700; padding: .6rem 1.5rem; border: 0; border-radius: .5rem; background: var(--main); color: var(--on-main); cursor: pointer }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100% }
td:first-child { white-space: nowrap }
th, td { text-align: left; vertical-align: top; padding: .4rem 1rem .4rem 0; border-bottom: 1px solid var(--line); font-weight: 400 }
thead th, .quiet { color: var(--quiet) }
`

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\"", "&quot;")

const page = (title: string, content: string): string =>
  `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${style}</style></head>
<body><main><h1>${title}</h1>
${content}
</main></body></html>
`

const rowOf = ({ data: { from, order, rule, to }, type }: ReceivedEvent): string =>
  `<tr>${
    [order.shopReference, type, from === undefined ? "" : `${from} to ${to}`, rule ?? ""].map((cell) =>
      `<td>${escape(cell)}</td>`
    ).join("")
  }</tr>`

const receivedTable = (received: ReadonlyArray<ReceivedEvent>): string =>
  received.length === 0
    ? "<p>Nothing yet.</p>"
    : `<div class="wide" tabindex="0" role="region" aria-label="Webhooks"><table><thead><tr>${
      ["order", "event", "change", "rule"].map((name) => `<th scope="col">${name}</th>`).join("")
    }</tr></thead><tbody>${received.map(rowOf).join("")}</tbody></table></div>`

const receivedPart = (received: ReadonlyArray<ReceivedEvent>): string =>
  `<h2>What the shop has heard</h2>
<p class="quiet">In signed webhooks, newest first. Reload the page for what came since.</p>
${receivedTable(received.toReversed())}`

/** The way in, with what was received all orders. */
export const frontPage = (received: ReadonlyArray<ReceivedEvent>): string =>
  page(
    "Sample shop",
    `<p>One article, ${(priceMinor / 100).toFixed(2)} EUR. It is paid at an offline Docdata: no real money moves.</p>
<form method="post" action="/buy"><button>Buy it</button></form>
${receivedPart(received)}`
  )

const endings: Readonly<Record<string, readonly [title: string, sentence: string]>> = {
  "/thanks": ["Thank you", "Your order is paid, or its money is certain."],
  "/pending": ["Your payment is on its way", "The shop sends your order when the money is certain."],
  "/cancelled": ["The order was given up", "Nothing was taken."],
  "/failed": ["The payment failed", "Nothing was taken. You may try again."],
  "/call-us": ["Your money came too late", "The order was closed already. The shop has to decide what to do."]
}

/** Where a shopper comes back to: a page of the shop for each outcome, none for another address. */
export const endingPage = (path: string, about: string, received: ReadonlyArray<ReceivedEvent>): string | undefined => {
  const ending = endings[path]
  if (ending === undefined) return undefined
  const [title, sentence] = ending
  const own = received.filter(({ data }) => data.order.shopReference === about)
  return page(
    title,
    `<p>${sentence} (Order ${escape(about)}.)</p>
<p><a href="/">Back to the shop</a></p>
${receivedPart(own)}`
  )
}
