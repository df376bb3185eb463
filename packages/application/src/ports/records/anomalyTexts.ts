/**
 * The anomalies that no finding of the decision tells of, and what every anomaly means in words.
 */
import { type Finding, findingCatalogue, type FindingEntry } from "@docdata/domain"

/** Noticed outside the decision. */
export type OwnAnomalyKind =
  | "notification-dead-lettered"
  | "chargeback"
  | "modification-failed"
  | "modification-unclear"
  | "paid-twice"
  | "shop-transition-refused"
  | "webhook-endpoint-disabled"

const ownCatalogue: Readonly<Record<OwnAnomalyKind, FindingEntry>> = {
  "notification-dead-lettered": {
    meaning: "A notification could not be followed by a refresh of the order, and is not tried again.",
    action: "Read the reason, correct the configuration if it says so, and refresh the order."
  },
  chargeback: {
    meaning: "The bank took money of this order back.",
    action: "Answer the chargeback, or accept it; call the goods back if they have left. Acknowledge it."
  },
  "modification-failed": {
    meaning: "A capture or refund that was asked for failed: no money moved.",
    action: "Capture or refund again under a new reference, or give the money back by other means. Acknowledge it."
  },
  "modification-unclear": {
    meaning: "A capture or refund was sent and no answer came; no report has named it since.",
    action: "Look the payment up in the provider's back office, then resolve the modification as confirmed or failed."
  },
  "paid-twice": {
    meaning:
      "Another attempt at the same order of the shop was paid first: the shopper paid twice. The goods of this one wait.",
    action: "Refund this payment order, or the other one. The hold ends with the refund."
  },
  "shop-transition-refused": {
    meaning: "The order's new status means a change of the shop's own status that the shop does not allow.",
    action: "Change the shop's order by hand, or allow the transition in the settings."
  },
  "webhook-endpoint-disabled": {
    meaning: "A webhook endpoint refused its events for so long that it was switched off.",
    action: "Repair the endpoint and enable it again."
  }
}

/** Meaning and advice for every kind of anomaly. */
export const anomalyCatalogue: Readonly<Record<Finding["kind"] | OwnAnomalyKind, FindingEntry>> = {
  ...findingCatalogue,
  ...ownCatalogue
}
