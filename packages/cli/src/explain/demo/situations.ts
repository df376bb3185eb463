/**
 * The situations of the demo: each a reply as it would come in, and what the shop knows of the order.
 */
import type { OrderStatus } from "@docdata/domain"
import { errorReply, statusReply } from "./replyXml.ts"

export interface Situation {
  readonly title: string
  /** The status before this reply. */
  readonly before: OrderStatus
  /** What the order costs, in minor units of the euro. */
  readonly grossMinor: number
  readonly reply: string
}

const approved = "ACQUIRER_APPROVED"

const idealPaid = statusReply({ registered: 4995, approved: 4995, captured: 4995 }, [
  {
    id: 5120034417,
    method: "IDEAL",
    status: "AUTHORIZED",
    confidence: approved,
    amount: 4995,
    captures: [["CAPTURED", 4995]]
  }
])

// The attempts come in no order: the number says that the cancelled one is the newer.
const newerCancelled = statusReply({ registered: 7250, approved: 7250, captured: 7250 }, [
  { id: 5120040911, method: "IDEAL", status: "CANCELED", confidence: "", amount: 7250 },
  {
    id: 5120040388,
    method: "IDEAL",
    status: "AUTHORIZED",
    confidence: approved,
    amount: 7250,
    captures: [["CAPTURED", 7250]]
  }
])

const cardAwaitingCapture = statusReply({ registered: 12900, approved: 12900 }, [
  {
    id: 5120051276,
    method: "VISA",
    status: "AUTHORIZED",
    confidence: approved,
    amount: 12900,
    captures: [["NEW", 12900]]
  }
])

const directDebit = statusReply({ registered: 2450, acquirerPending: 2450 }, [
  {
    id: 5120062845,
    method: "SEPA_DIRECT_DEBIT",
    status: "AUTHORIZED",
    confidence: "ACQUIRER_PENDING",
    amount: 2450,
    captures: [["NEW", 2450]]
  }
])

// Two attempts share the order, and the acquirer is sure of one of them only.
const giftCardAndIdeal = statusReply({ registered: 8000, approved: 2500, captured: 2500, acquirerPending: 5500 }, [
  {
    id: 5120070102,
    method: "IDEAL",
    status: "AUTHORIZED",
    confidence: "ACQUIRER_PENDING",
    amount: 5500,
    captures: [["STARTED", 5500]]
  },
  {
    id: 5120069973,
    method: "PODIUM_GIFTCARD",
    status: "AUTHORIZED",
    confidence: approved,
    amount: 2500,
    captures: [["CAPTURED", 2500]]
  }
])

// The word stays AUTHORIZED; that the capture was revoked and the amount reversed says that it was given up.
const voidedCard = statusReply({ registered: 6400, reversed: 6400 }, [
  {
    id: 5120083350,
    method: "MASTERCARD",
    status: "AUTHORIZED",
    confidence: approved,
    amount: 6400,
    captures: [["CANCELED", 6400]],
    reversed: 6400
  }
])

const partlyRefunded = statusReply({ registered: 9900, approved: 9900, captured: 9900, refunded: 3300 }, [
  {
    id: 5120090764,
    method: "IDEAL",
    status: "AUTHORIZED",
    confidence: approved,
    amount: 9900,
    captures: [["CAPTURED", 9900]],
    refunds: [["CAPTURED", 3300]]
  }
])

const chargedBack = statusReply({ registered: 15750, approved: 15750, captured: 15750, chargedBack: 15750 }, [
  {
    id: 5120101188,
    method: "AMEX",
    status: "AUTHORIZED",
    confidence: approved,
    amount: 15750,
    captures: [["CAPTURED", 15750]],
    chargebacks: [["CHARGED", 15750]]
  }
])

const registeredBelow = statusReply({ registered: 499, approved: 499, captured: 499 }, [
  {
    id: 5120112093,
    method: "IDEAL",
    status: "AUTHORIZED",
    confidence: approved,
    amount: 499,
    captures: [["CAPTURED", 499]]
  }
])

/** In the order of the demo's table. */
export const situations: ReadonlyArray<Situation> = [
  { title: "iDEAL, paid", before: "new", grossMinor: 4995, reply: idealPaid },
  { title: "Paid, newer try cancelled", before: "in_progress", grossMinor: 7250, reply: newerCancelled },
  { title: "Card, waiting for capture", before: "in_progress", grossMinor: 12900, reply: cardAwaitingCapture },
  { title: "SEPA direct debit, asked", before: "new", grossMinor: 2450, reply: directDebit },
  { title: "Gift card and iDEAL", before: "pending", grossMinor: 8000, reply: giftCardAndIdeal },
  { title: "Card, authorisation voided", before: "pending", grossMinor: 6400, reply: voidedCard },
  { title: "Refunded in part", before: "paid", grossMinor: 9900, reply: partlyRefunded },
  { title: "Charged back by the bank", before: "paid", grossMinor: 15750, reply: chargedBack },
  { title: "Registered 4.99, not 49.90", before: "new", grossMinor: 4990, reply: registeredBelow },
  {
    title: "Error reply: no such order",
    before: "new",
    grossMinor: 4995,
    reply: errorReply("REQUEST_DATA_INCORRECT", "Order could not be found with the given key.")
  }
]

/** The one that is explained in full: waiting, and yet the goods may leave. */
export const explainedInFull = situations[2]!
