/**
 * The bill: lines as given, totals computed, sums checked.
 */
import type { CreateOrderInput, Destination, InvoiceInput } from "@docdata/application"
import { type InvoiceLine, invoiceTotals, invoiceViolations, type TaxedAmount } from "@docdata/domain"
import { needed, optional, type RequestWriter } from "./RequestWriter.ts"
import { int32, oneOf, prose, text, vatRate } from "./Rule.ts"
import { writeDestination } from "./writeParties.ts"

// A basket of a thousand different articles is a data error; the schema itself has no bound.
const linesMax = 1_000

const unit = oneOf({ PCS: "PCS", SEC: "SEC", BYT: "BYT", KB: "KB" })

// Where PayPal insists on a state, and reads it from the delivery address only.
const statesForPayPal: ReadonlySet<string> = new Set(["AR", "BR", "CA", "CN", "ID", "IN", "JP", "MX", "TH", "US"])

const stateForPayPal = {
  limit: "state",
  message: "PayPal reads the state here and nowhere else; give it here too, as in the billing address"
}

interface Bill {
  readonly invoice: InvoiceInput
  readonly currency: string
}

const writeTaxed = (
  writer: RequestWriter,
  { field, tags, currency, amount, rate }: {
    readonly field: "piece" | "line"
    readonly tags: readonly [net: string, gross: string, vat: string]
    readonly currency: string
    readonly amount: TaxedAmount
    readonly rate: string
  }
): void =>
  writer.object(field, amount, () => {
    const [net, gross, vat] = tags
    writer.money(net, "net", { minor: amount.net, currency })
    writer.money(gross, "gross", { minor: amount.gross, currency })
    writer.element(vat, { rate }, () => writer.money("amount", "vat", { minor: amount.vat, currency }))
  })

const writeLine = (
  writer: RequestWriter,
  { line, index, currency }: { readonly line: InvoiceLine; readonly index: number; readonly currency: string }
): void =>
  writer.element("item", { number: String(index + 1) }, () => {
    writer.leaves(line, [needed<InvoiceLine>("name", "name", prose(50)), needed<InvoiceLine>("code", "code", text(50))])
    const unitOfMeasure = writer.checked("unit", line.unit ?? "PCS", unit)
    const quantity = writer.checked("quantity", line.quantity, int32)
    writer.element("quantity", { unitOfMeasure }, () => writer.content(quantity))
    // The schema insists on a description; a dash is what the manual suggests for none.
    writer.leaves({ description: line.description ?? "-" }, [needed("description", "description", prose(100))])
    writer.leaves(line, [optional<InvoiceLine>("image", "imageUrl", text(2048))])
    const rate = writer.checked("vatRate", line.vatRate, vatRate)
    const piece = {
      field: "piece",
      tags: ["netAmount", "grossAmount", "vat"],
      amount: line.piece,
      currency,
      rate
    } as const
    writeTaxed(writer, piece)
    const tags = ["totalNetAmount", "totalGrossAmount", "totalVat"] as const
    writeTaxed(writer, { field: "line", tags, amount: line.line, currency, rate })
  })

const isLine = (line: InvoiceLine): boolean =>
  typeof line === "object" && line !== null && typeof line.piece === "object" && typeof line.line === "object"

/** Notes sums that do not add up. Lines that are not even lines are left to the writing, which names the fields. */
const checkSums = (writer: RequestWriter, { invoice, total }: { invoice: InvoiceInput; total: number }): void => {
  if (!Array.isArray(invoice.lines) || !invoice.lines.every(isLine)) return
  const problems = invoiceViolations(invoice.lines)
  for (const { path, rule, message } of problems) writer.refuse(path, { limit: rule, message }, "amounts")
  if (problems.length === 0 && invoice.lines.length > 0 && invoiceTotals(invoice.lines).gross !== total) {
    const message = "the lines have to add up to the total of the order"
    writer.refuse("lines", { limit: "sum", message }, "amounts")
  }
}

const writeTotals = (writer: RequestWriter, { invoice, currency }: Bill): void => {
  const { net, vatByRate } = invoiceTotals(invoice.lines)
  writer.money("totalNetAmount", "totals", { minor: net, currency })
  for (const { rate, vat } of vatByRate) writer.money("totalVatAmount", "totals", { minor: vat, currency, rate })
}

const checkStateForPayPal = (writer: RequestWriter, billTo: Destination, shipTo: Destination | undefined): void => {
  const ship = shipTo?.address
  if (ship === undefined || ship.state !== undefined || billTo?.address?.state === undefined) return
  if (statesForPayPal.has(ship.country)) writer.refuse("shipTo.address.state", stateForPayPal, "missing")
}

/** Source: Docdata XSD 1.3, `invoice`; manual 1.3, section 3.2. */
export const writeInvoice = (
  writer: RequestWriter,
  order: CreateOrderInput & { readonly invoice: InvoiceInput }
): void =>
  writer.object("invoice", order.invoice, (invoice) => {
    const currency = order.total?.currency
    const before = writer.problems.length
    checkSums(writer, { invoice, total: order.total?.minor })
    writer.element("invoice", {}, () => {
      if (writer.problems.length === before && Array.isArray(invoice.lines)) writeTotals(writer, { invoice, currency })
      writer.list("lines", { values: invoice.lines, lengthMax: linesMax }, (line, index) =>
        writer.object("", line, () =>
          writeLine(writer, { line, index, currency })))
      checkStateForPayPal(writer, order.billTo, invoice.shipTo)
      if (invoice.shipTo === undefined) {
        writer.repeat(() =>
          writeDestination(writer, "shipTo", order.billTo)
        )
      } else writeDestination(writer, "shipTo", invoice.shipTo)
      writer.leaves(invoice, [optional<InvoiceInput>("additionalDescription", "additionalDescription", prose(100))])
    })
  })
