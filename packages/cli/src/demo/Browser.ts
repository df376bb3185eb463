/**
 * A shopper's browser without scripts: opens pages, sends forms, goes where it is sent.
 */

/** More redirects than any page needs. */
const redirectsMax = 10

const plain = (text: string): string => text.replaceAll("&amp;", "&").replaceAll("&quot;", "\"")

export class Browser {
  #address: URL
  #html = ""

  private constructor(address: string) {
    this.#address = new URL(address)
  }

  /** Opens a page. */
  static async open(address: string): Promise<Browser> {
    const browser = new Browser(address)
    await browser.#go(browser.#address, {})
    return browser
  }

  /** Where it is now. */
  get address(): string {
    return this.#address.href
  }

  /** Sends the form of the page with its hidden fields and these. With `stayAway` the way back is not taken. */
  async submit(fields: Readonly<Record<string, string>>, options: { readonly stayAway?: boolean } = {}): Promise<void> {
    const action = /<form method="post" action="([^"]+)"/.exec(this.#html)?.[1]
    if (action === undefined) throw new Error(`there is no form at ${this.#address.pathname}`)
    const hidden = [...this.#html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)]
      .map(([, name = "", value = ""]): [string, string] => [name, plain(value)])
    const body = new URLSearchParams([...hidden, ...Object.entries(fields)])
    await this.#go(new URL(plain(action), this.#address), { method: "POST", body }, options.stayAway === true)
  }

  async #go(address: URL, init: RequestInit, stayAway = false): Promise<void> {
    const home = address.origin
    let next: { readonly to: URL; readonly with: RequestInit } | undefined = { to: address, with: init }
    for (let count = 0; next !== undefined && count < redirectsMax; count++) {
      const answer: Response = await fetch(next.to, { ...next.with, redirect: "manual" })
      this.#address = next.to
      this.#html = await answer.text()
      const location = answer.headers.get("location")
      const to: URL | undefined = location === null ? undefined : new URL(location, next.to)
      next = to === undefined || (stayAway && to.origin !== home) ? undefined : { to, with: {} }
    }
  }
}
