/** A shop in plain Express: it sells one thing, over the REST API of the service, and believes only signed webhooks. */
import { randomUUID } from "node:crypto"
import express from "express"
import { Webhook } from "standardwebhooks"

const { DOCDATA_API = "http://127.0.0.1:8080", DOCDATA_KEY = "", WEBHOOK_SECRET = "" } = process.env

type Sale = { readonly id: string; status: string }
const sales = new Map<string, Sale>() // a real shop has a database for these two
const received = new Set<string>()

const docdata = async (path: string, body?: object, idempotencyKey = ""): Promise<Sale & { menuUrl: string }> => {
  const headers = { authorization: `Bearer ${DOCDATA_KEY}`, "content-type": "application/json" }
  const answer = await fetch(`${DOCDATA_API}/v1/orders${path}`, {
    method: "POST",
    headers: idempotencyKey === "" ? headers : { ...headers, "idempotency-key": idempotencyKey },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })
  if (!answer.ok) throw new Error(`the service answered ${answer.status}`)
  return await answer.json() as Sale & { menuUrl: string }
}

const name = { first: "Test", last: "Buyer" }
const address = { street: "Kade", houseNumber: "1", postalCode: "8011AA", city: "Zwolle", country: "NL" }
const buyer = { _tag: "Shopper", id: "c-1", name, email: "buyer@shop.example", language: "en", gender: "undefined" }
const description = { buyer, billTo: { name, address }, total: { minor: 4990, currency: "EUR" } }

export const shop = express()
shop.get("/", (_request, response) => {
  response.send(`<form method="post" action="/checkout"><button>Buy the lantern for 49.90</button></form>`)
})
shop.post("/checkout", async (_request, response) => {
  const shopReference = randomUUID()
  const order = await docdata("", { shopReference, order: description }, shopReference)
  sales.set(shopReference, { id: order.id, status: order.status })
  response.redirect(303, order.menuUrl)
})
shop.get(["/thanks", "/pending", "/cancelled", "/failed"], async (request, response) => {
  const { searchParams } = new URL(request.url, DOCDATA_API)
  const shopReference = searchParams.get("order") ?? ""
  const sale = sales.get(shopReference)
  if (sale === undefined) return response.sendStatus(404)
  if (searchParams.has("ask")) sale.status = (await docdata(`/${sale.id}/refresh`)).status
  const again = `${request.path}?order=${shopReference}&ask`
  return response.send(`Your order is ${sale.status}. <a href="${again}">Look again</a>`)
})
shop.post("/hooks", express.raw({ type: "application/json" }), (request, response) => {
  try {
    new Webhook(WEBHOOK_SECRET).verify(request.body, request.headers as Record<string, string>)
  } catch {
    return response.sendStatus(401)
  }
  const { data, type } = JSON.parse(request.body.toString())
  const sale = sales.get(data.order.shopReference)
  if (sale !== undefined && type === "order.status_changed" && !received.has(data.eventId)) sale.status = data.to
  received.add(data.eventId) // told at least once: the id says what is a repetition
  return response.sendStatus(204)
})
