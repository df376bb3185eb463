/**
 * What a contestant and whoever started it say to each other.
 */
import type { StatusReport } from "@docdata/domain"
import type { OrderOperation } from "@docdata/testkit"
import type { Role } from "./roles.ts"

export type ToContestant =
  | { readonly kind: "play"; readonly round: number; readonly roles: ReadonlyArray<Role> }
  | { readonly kind: "answer"; readonly number: number; readonly report: StatusReport | undefined }
  | { readonly kind: "end" }

export type FromContestant =
  | { readonly kind: "ready" }
  | {
    readonly kind: "ask"
    readonly number: number
    readonly operation: "status" | "cancel"
    readonly orderKey: string
  }
  | { readonly kind: "played" }
  | { readonly kind: "failed"; readonly why: string }
  | { readonly kind: "history"; readonly history: ReadonlyArray<OrderOperation> }
