/**
 * Lines of a bill and the arithmetic of value added tax.
 *
 * Amounts are integers in the minor unit of the order's currency, rates are decimal text ("21", "8.5"), and what
 * lies between is `decimal.js`: a rate is never cut to a whole percentage and no amount passes through a binary
 * fraction. Klarna and AfterPay refuse bills that do not add up, so a bill is checked before it is sent.
 */
import { Decimal } from "decimal.js"
import type { Rounding } from "./Money.ts"

/** Pieces, seconds, bytes, kilobytes. Source: Docdata XSD 1.3, `unitOfMeasure`. */
export type UnitOfMeasure = "PCS" | "SEC" | "BYT" | "KB"

/** Net and VAT add up to gross, exactly. Minor units; negative for a discount. */
export interface TaxedAmount {
  readonly net: number
  readonly vat: number
  readonly gross: number
}

/** One line of a bill. Source: Docdata XSD 1.3, `item`. */
export interface InvoiceLine {
  /** 1 to 50 characters. */
  readonly name: string
  /** Article number, 1 to 50 characters. Several lines may have one; a refund that names lines needs it to be one line's. */
  readonly code: string
  /** Whole, 32-bit. */
  readonly quantity: number
  /** Pieces when absent. */
  readonly unit?: UnitOfMeasure
  /** 1 to 100 characters. Docdata insists on one and gets `-` when it is absent. */
  readonly description?: string
  /** At most 2,048 characters. */
  readonly imageUrl?: string
  /** Percentage as decimal text, zero or more: `"21"`, `"8.5"`, `"0"`. */
  readonly vatRate: string
  /** Per piece. */
  readonly piece: TaxedAmount
  /** For the whole line. */
  readonly line: TaxedAmount
}

/** Sums over all lines; one VAT sum per rate, in the order in which the rates first occur. */
export interface InvoiceTotals extends TaxedAmount {
  readonly vatByRate: ReadonlyArray<{ readonly rate: string; readonly vat: number }>
}

/** What does not add up, and where: `lines[2].line.gross`. Holds no amount. */
export interface InvoiceViolation {
  readonly path: string
  readonly rule: "rate" | "integer" | "net-plus-vat" | "rate-contradicts-vat"
  readonly message: string
}

/** What a piece costs, with or without VAT, in minor units. */
export interface Price {
  readonly basis: "gross" | "net"
  readonly minor: number
}

// A clone, because settings of the shared constructor belong to the embedding application. 40 digits hold every
// safe integer times a rate of 12 digits, with room for what rounding looks at.
const Exact = Decimal.clone({ precision: 40, defaults: true })

const modes: Record<Rounding, Decimal.Rounding> = {
  "half-up": Decimal.ROUND_HALF_UP,
  "half-even": Decimal.ROUND_HALF_EVEN,
  down: Decimal.ROUND_DOWN,
  up: Decimal.ROUND_UP,
  // Where a fraction is refused, nothing is left to round.
  exact: Decimal.ROUND_DOWN
}

// Six digits on each side: no tax has more, and the wire keeps them all.
const rateText = /^\d{1,6}(\.\d{1,6})?$/

/** True for a percentage as decimal text: up to six digits on each side of the point, no sign, no exponent. */
export const isVatRate = (text: string): boolean => rateText.test(text)

/** The shortest text of a rate, so that `"21"`, `"21.0"` and `"021"` count as one. */
export const canonicalVatRate = (text: string): string => new Exact(text).toFixed()

/**
 * Splits a price into net and VAT and multiplies it by the quantity.
 *
 * The piece is rounded, by the named mode, and the line is exactly `quantity` times the piece. `undefined` when
 * the rate is no rate, quantity or price are no safe integers, a result leaves the safe integers, or `"exact"`
 * was asked for and a fraction remains.
 */
export const taxedLine = (
  price: Price,
  options: { readonly vatRate: string; readonly quantity: number; readonly rounding: Rounding }
): { readonly piece: TaxedAmount; readonly line: TaxedAmount } | undefined => {
  const { vatRate, quantity, rounding } = options
  if (!isVatRate(vatRate) || !Number.isSafeInteger(quantity) || !Number.isSafeInteger(price.minor)) return undefined
  const rate = new Exact(vatRate)
  const computed = price.basis === "gross"
    ? new Exact(price.minor).times(100).div(rate.plus(100))
    : new Exact(price.minor).times(rate).div(100)
  if (rounding === "exact" && !computed.isInteger()) return undefined
  // Adding zero turns a negative zero into an ordinary one.
  const rounded = computed.toDecimalPlaces(0, modes[rounding]).toNumber() + 0
  const piece = price.basis === "gross"
    ? { net: rounded, vat: price.minor - rounded, gross: price.minor }
    : { net: price.minor, vat: rounded, gross: price.minor + rounded }
  const line = { net: piece.net * quantity + 0, vat: piece.vat * quantity + 0, gross: piece.gross * quantity + 0 }
  return [piece.gross, piece.net, line.net, line.vat, line.gross].every(Number.isSafeInteger)
    ? { piece, line }
    : undefined
}

/** What a line of the bill is called and made of, before its amounts are known. */
export type LineText = Pick<InvoiceLine, "name" | "code" | "unit" | "description" | "imageUrl">

/** A line from a price. `undefined` as in {@link taxedLine}. */
export const invoiceLine = (
  text: LineText,
  price: Price,
  options: { readonly vatRate: string; readonly quantity: number; readonly rounding: Rounding }
): InvoiceLine | undefined => {
  const amounts = taxedLine(price, options)
  return amounts && { ...text, quantity: options.quantity, vatRate: options.vatRate, ...amounts }
}

/**
 * The costs of delivery as a line: one piece, code `SHIPPING` unless told otherwise. They have a VAT rate of
 * their own, often another one than the goods. `undefined` as in {@link taxedLine}.
 */
export const shippingLine = (
  price: Price,
  options: { readonly vatRate: string; readonly rounding: Rounding; readonly name: string; readonly code?: string }
): InvoiceLine | undefined =>
  invoiceLine({ name: options.name, code: options.code ?? "SHIPPING" }, price, { ...options, quantity: 1 })

/** Adds the lines up. Meaningful only for lines without {@link invoiceViolations}. */
export const invoiceTotals = (lines: ReadonlyArray<InvoiceLine>): InvoiceTotals => {
  const vatByRate = new Map<string, number>()
  const sum = { net: 0, vat: 0, gross: 0 }
  for (const { line, vatRate } of lines) {
    const rate = canonicalVatRate(vatRate)
    vatByRate.set(rate, (vatByRate.get(rate) ?? 0) + line.vat)
    sum.net += line.net
    sum.vat += line.vat
    sum.gross += line.gross
  }
  return { ...sum, vatByRate: [...vatByRate].map(([rate, vat]) => ({ rate, vat })) }
}

/**
 * Whether the VAT can be the rate's, given that each of `roundings` amounts was rounded by less than one unit.
 * A rounded net moves the VAT by that unit and by the VAT on it.
 */
const rateFits = ({ net, vat }: TaxedAmount, rate: Decimal, roundings: number): boolean =>
  new Exact(net).times(rate).div(100).minus(vat).abs().lte(rate.div(100).plus(1).times(roundings))

const amountViolations = (at: string, amount: TaxedAmount): ReadonlyArray<InvoiceViolation> => {
  const fractions = (["net", "vat", "gross"] as const).filter((part) => !Number.isSafeInteger(amount[part]))
  if (fractions.length > 0) {
    return fractions.map((part) => ({
      path: `${at}.${part}`,
      rule: "integer",
      message: "amounts are whole minor units"
    }))
  }
  return amount.net + amount.vat === amount.gross
    ? []
    : [{ path: `${at}.gross`, rule: "net-plus-vat", message: "net and VAT have to add up to gross" }]
}

const lineViolations = (line: InvoiceLine, at: string): ReadonlyArray<InvoiceViolation> => {
  const found: Array<InvoiceViolation> = [
    ...amountViolations(`${at}.piece`, line.piece),
    ...amountViolations(`${at}.line`, line.line)
  ]
  if (!Number.isSafeInteger(line.quantity)) {
    found.push({ path: `${at}.quantity`, rule: "integer", message: "a quantity is a whole number" })
  }
  if (typeof line.vatRate !== "string" || !isVatRate(line.vatRate)) {
    found.push({ path: `${at}.vatRate`, rule: "rate", message: "a VAT rate is decimal text such as 21 or 8.5" })
  }
  if (found.length > 0) return found
  const pieces = Math.max(1, Math.abs(line.quantity))
  const rate = new Exact(line.vatRate)
  for (const [part, roundings] of [["piece", 1], ["line", pieces]] as const) {
    if (!rateFits(line[part], rate, roundings)) {
      const message = "the VAT is not the rate's share of the net, even allowing for rounding"
      found.push({ path: `${at}.${part}.vat`, rule: "rate-contradicts-vat", message })
    }
  }
  return found
}

/**
 * Everything that does not add up; empty for a sound bill. Net and VAT have to make gross per piece and per line, and the
 * VAT fits its rate up to one rounding per piece. The line's amounts are believed: shops round and discount whole lines.
 *
 * Source: manual 1.3, section 3.2.
 */
export const invoiceViolations = (lines: ReadonlyArray<InvoiceLine>): ReadonlyArray<InvoiceViolation> =>
  lines.flatMap((line, index) => lineViolations(line, `lines[${index}]`))
