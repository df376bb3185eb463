/**
 * The shop's side of the REST API, with nothing but fetch.
 */

/** What the demo reads of an order. */
export interface ShopOrder {
  readonly id: string
  readonly shopReference: string
  readonly status: string
  readonly fulfilment: string
  readonly currency: string
  readonly grossMinor: number
  readonly createdAtMs: number
  readonly menuUrl: string
  readonly payments: ReadonlyArray<{ readonly paymentId: string; readonly paymentMethod: string }>
}

export interface ShopTimeline {
  readonly entries: ReadonlyArray<{
    readonly atMs: number
    readonly kind: string
    readonly text: string
    readonly type?: string
  }>
}

export interface ShopExplanation {
  readonly rule: string
  readonly meaning: string
  readonly because: ReadonlyArray<string>
}

const buyer = {
  _tag: "Shopper",
  id: "customer-1",
  name: { first: "Test", last: "Buyer" },
  email: "buyer@shop.example",
  language: "en",
  gender: "undefined"
}

const billTo = {
  name: buyer.name,
  address: { street: "Kade", houseNumber: "1", postalCode: "8011AA", city: "Zwolle", country: "NL" }
}

export class ShopClient {
  readonly #origin: string
  readonly #key: string

  constructor(origin: string, key: string) {
    this.#origin = origin
    this.#key = key
  }

  create(shopReference: string, grossMinor: number): Promise<ShopOrder> {
    const order = { buyer, billTo, total: { minor: grossMinor, currency: "EUR" } }
    return this.#call("POST", "", { idempotencyKey: shopReference, body: { shopReference, order } })
  }

  read(id: string): Promise<ShopOrder> {
    return this.#call("GET", `/${id}`)
  }

  cancel(id: string): Promise<unknown> {
    return this.#call("POST", `/${id}/cancel`)
  }

  refund(id: string, request: { readonly paymentId: string; readonly amountMinor: number }): Promise<unknown> {
    return this.#call("POST", `/${id}/refunds`, { body: { ...request, reference: `refund-${request.paymentId}` } })
  }

  timeline(id: string): Promise<ShopTimeline> {
    return this.#call("GET", `/${id}/timeline`)
  }

  explanation(id: string): Promise<ShopExplanation> {
    return this.#call("GET", `/${id}/explanation`)
  }

  async #call<A>(
    method: string,
    path: string,
    sent: { readonly body?: unknown; readonly idempotencyKey?: string } = {}
  ): Promise<A> {
    const answer = await fetch(`${this.#origin}/v1/orders${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(sent.body === undefined ? {} : { "content-type": "application/json" }),
        ...(sent.idempotencyKey === undefined ? {} : { "idempotency-key": sent.idempotencyKey })
      },
      ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) })
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return await answer.json() as A
  }
}
