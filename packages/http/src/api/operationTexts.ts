/**
 * What each operation of the REST API does, for the OpenAPI document and the page made of it.
 */

/** Texts of one operation; `example` is a body that it takes. */
export interface OperationText {
  /** A few words, for lists. */
  readonly summary: string
  /** What it does and leaves alone, and whether repeating is safe. */
  readonly description: string
  readonly example?: unknown
}

const orderExample = {
  shopReference: "web-1001",
  order: {
    buyer: {
      _tag: "Shopper",
      id: "customer-17",
      name: { first: "Test", last: "Buyer" },
      email: "buyer@shop.example",
      language: "nl",
      gender: "undefined"
    },
    billTo: {
      name: { first: "Test", last: "Buyer" },
      address: { street: "Kade", houseNumber: "1", postalCode: "8011AA", city: "Zwolle", country: "NL" }
    },
    total: { minor: 4990, currency: "EUR" }
  }
}

/** By operation id. */
export const operationTexts: Readonly<Record<string, OperationText>> = {
  "orders.create": {
    summary: "Create an order",
    description:
      "Registers the order at Docdata and answers with the address of the payment menu. Safe to repeat with the same " +
      "`idempotency-key` and the same body: it answers with the same order for ever. Another body under a used key is a conflict.",
    example: orderExample
  },
  "orders.list": {
    summary: "List orders",
    description:
      "Orders of the key's merchants, newest first, in pages. Every parameter narrows the list. New orders never shift " +
      "the pages that follow."
  },
  "orders.read": {
    summary: "Read an order",
    description: "The order as it is stored, with its payments. Docdata is not asked."
  },
  "orders.refresh": {
    summary: "Refresh an order now",
    description:
      "Asks Docdata, decides and stores, and answers with the order afterwards. Safe to repeat; calls at once share one refresh."
  },
  "orders.timeline": {
    summary: "What happened to an order",
    description: "Events, looks, captures and refunds, oldest first."
  },
  "orders.explanation": {
    summary: "Why an order has its status",
    description: "The rule that decided, the figures that it compared, and what deserves attention."
  },
  "orders.observations": {
    summary: "The refreshes an order",
    description: "What was decided at each refresh, by which rule and from which figures, newest first, in pages."
  },
  "orders.methods": {
    summary: "How an order can be paid",
    description: "Asks Docdata for the payment methods that it offers for this order at this moment. Safe to repeat."
  },
  "orders.capture": {
    summary: "Capture money",
    description:
      "Asks Docdata to take authorised money: all that is left unless an amount is given. Taken, not done: the order tells " +
      "when it is. Safe to repeat with the same `reference`, which answers what became of the first; " +
      "one that failed needs a new `reference`.",
    example: { paymentId: "4910079745", reference: "capture-1", amountMinor: 4990 }
  },
  "orders.refund": {
    summary: "Refund money",
    description:
      "Asks Docdata to give captured money back: all that is left unless an amount is given. Taken, not done: the order " +
      "tells when it is. Safe to repeat with the same `reference`, which answers what became of the first; " +
      "one that failed needs a new `reference`.",
    example: { paymentId: "4910079745", reference: "refund-1", amountMinor: 990, description: "Returned goods" }
  },
  "orders.cancel": {
    summary: "Cancel an order",
    description:
      "Asks Docdata to cancel the order with all its payments, while nothing is captured; then looks, and answers what came " +
      "of it. Safe to repeat."
  },
  "orders.clearHold": {
    summary: "Let a held order go",
    description:
      "Somebody looked and decided: the hold is cleared, and the refresh that follows decides whether the goods may leave. " +
      "Safe to repeat. A new reason holds the order again."
  },
  "orders.expire": {
    summary: "Expire an order",
    description:
      "Looks, and expires the order if there is no attempt or if it is too old and nothing is under way; money that came " +
      "in at the last moment wins. Safe to repeat."
  },
  "modifications.list": {
    summary: "List captures and refunds",
    description: "All of an order, oldest first, each with its state. Docdata is not asked."
  },
  "modifications.resolve": {
    summary: "Say what became of a modification",
    description:
      "For a capture or refund that no report names: refreshes the order, and writes down what a person knows if the " +
      "modification is unclear even then, or filed and not named. Moves no money, but what is called failed can be captured or refunded again. Safe to repeat.",
    example: { kind: "refund", reference: "refund-1", outcome: "failed", evidence: "back-office" }
  },
  "payments.start": {
    summary: "Start a payment without the menu",
    description:
      "Asks Docdata to start a payment with what the shopper chose; card data only encrypted or as a token. Answers where " +
      "to send the shopper, if anywhere. Never repeat it blindly: each call is a payment of its own.",
    example: { payment: { _tag: "WithInput", input: { _tag: "Ideal", issuerId: "INGBNL2A" } } }
  },
  "payments.chargeRecurring": {
    summary: "Charge a series for a period",
    description:
      "Starts the payment of a recurring series with an order that was created for the period. Safe to repeat: of all calls " +
      "for one period, with whatever orders, one reaches Docdata, and the others are `already-charged`. After a charge " +
      "that failed or was never answered, the same order may be charged again once a refresh ten minutes after the try finds it new, with " +
      "every attempt over.",
    example: { series: "subscription-17", period: "2026-11" }
  },
  "payments.proceed": {
    summary: "Continue a started payment",
    description:
      "Submits the shopper's callback parameters from the bank or card scheme, then looks. Docdata is asked once per payment, " +
      "be it by this or by a shopper's return: repeated, the answer is the payment's word in the refresh.",
    example: { paymentId: "4910079745", result: { _tag: "Ideal" } }
  },
  "payments.menuUrl": {
    summary: "Where the shopper pays",
    description:
      "The address of the payment menu, with a method chosen beforehand if you like. The shopper comes back to this " +
      "service, which sends them on to the shop. Docdata is not asked; safe to repeat."
  },
  "events.list": {
    summary: "Read the event feed",
    description:
      "Events of the key's merchants, in pages. Go on with `next`: nothing is skipped and nothing comes twice, also when " +
      "an event becomes visible late. A page may be empty while `more` follow, when the filter fits little."
  },
  "events.read": { summary: "Read an event", description: "One event, by the id that webhooks and the feed give." },
  "anomalies.list": {
    summary: "List what needs attention",
    description:
      "Anomalies of the key's merchants, newest first, in pages. With `state=open` those that stand and that nobody " +
      "acknowledged."
  },
  "anomalies.acknowledge": {
    summary: "Say that somebody knows",
    description:
      "Writes down who acknowledged, which is the id of the key, and why. The anomaly stands until it is over, and is not " +
      "raised again meanwhile. Safe to repeat: the first acknowledgement stays.",
    example: { note: "Asked the bank, answer by Friday." }
  },
  "merchants.list": {
    summary: "List the merchant accounts",
    description: "The accounts that the key speaks for, by name. Passwords are never shown."
  },
  "merchants.read": {
    summary: "Read a merchant account",
    description: "One account that the key speaks for. Passwords are never shown."
  },
  "webhook-endpoints.list": {
    summary: "List webhook endpoints",
    description: "The endpoints whose merchants the key all speaks for, oldest first, with how it has been going."
  },
  "webhook-endpoints.add": {
    summary: "Add a webhook endpoint",
    description:
      "From now on events go to this address, signed. The answer shows the secret, or the public key, that signatures are checked " +
      "with; a secret is shown this once. Each call adds one: list before repeating.",
    example: { url: "https://shop.example/hooks", eventTypes: ["order.status_changed", "order.fulfilment_changed"] }
  },
  "webhook-endpoints.read": {
    summary: "Read a webhook endpoint",
    description: "Address, requests and health of one endpoint. A secret is not shown again, a public key is."
  },
  "webhook-endpoints.remove": {
    summary: "Remove a webhook endpoint",
    description: "Nothing is sent there any more, and its deliveries are forgotten. Repeating finds nothing."
  },
  "webhook-endpoints.rotate": {
    summary: "Replace the key of a webhook endpoint",
    description:
      "Shows a new secret or public key. For a day messages carry signatures with the key before as well. Each call replaces " +
      "the key again, and the one before the last is then refused."
  },
  "webhook-endpoints.enable": {
    summary: "Enable a webhook endpoint",
    description: "What waits for it goes out at once, in order; failures so far are forgotten. Safe to repeat."
  },
  "webhook-endpoints.disable": {
    summary: "Disable a webhook endpoint",
    description: "Nothing is sent any more; events go on being kept for it and wait. Safe to repeat."
  },
  "webhook-endpoints.test": {
    summary: "Send a test message",
    description:
      "Sends one signed `webhook.test`, also to a disabled endpoint, waits up to 20 seconds, and says what the receiver answered. " +
      "Changes nothing."
  },
  "webhook-deliveries.list": {
    summary: "List deliveries of an endpoint",
    description: "Deliveries in one state, newest event first, in pages."
  },
  "webhook-deliveries.read": {
    summary: "Read a delivery",
    description: "Where the delivery of an event stands, and its newest 50 attempts, oldest first."
  },
  "webhook-deliveries.redeliver": {
    summary: "Deliver an event again",
    description:
      "Opens a delivered or dead-lettered delivery again; one that waits goes at once. The message has the same id, so a receiver that " +
      "remembers ids is told nothing twice. Repeating sends again."
  },
  "webhook-deliveries.redeliverDeadLetters": {
    summary: "Deliver again what was dead-lettered",
    description:
      "Opens deliveries that were dead-lettered at an instant or later, and before another one (now, if absent), earliest first, up to " +
      "1000; `more` says that there are others: ask again, from the same instant until the `deadLetteredUntilMs` answered. Safe to repeat: what is open already is no " +
      "longer dead-lettered.",
    example: { deadLetteredFromMs: 1_767_614_400_000, deadLetteredUntilMs: 1_767_700_800_000 }
  }
}
