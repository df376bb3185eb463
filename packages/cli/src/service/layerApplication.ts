/**
 * The application for the length of one command: stores and accounts, and for what asks Docdata the gateway and those
 * who receive changes. No server and no background work: events that a command stores are delivered by the service.
 */
import {
  type EventSink,
  type MenuAddresses,
  type MerchantAccount,
  type Merchants,
  type PaymentGateway,
  RefreshBudget,
  SingleFlight,
  type StoreFailure
} from "@docdata/application"
import type { WebhookFailure, WebhookOptions } from "@docdata/http"
import { layerMerchants } from "@docdata/memory"
import type { EndpointFailure, Endpoints, LimitFailure, TransportLimits } from "@docdata/soap/gateway"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import { layerStores, type StorePlan, type Stores } from "./layerStores.ts"

/** What a command needs to know of the settings. */
export interface StoredPlan {
  readonly accounts: ReadonlyArray<MerchantAccount>
  readonly stores: StorePlan
  readonly endpoints: Partial<Endpoints>
  readonly menus: MenuAddresses
  readonly limits: Partial<TransportLimits>
  /** How shoppers reach the service, which the menu sends them back to; empty if the settings do not say. */
  readonly publicOrigin: string
  /** Sign the way back. */
  readonly returnSecrets: ReadonlyArray<Redacted.Redacted>
}

export interface ApplicationPlan extends StoredPlan {
  readonly webhooks: WebhookOptions
}

/** What is stored, and whose it is. */
export type Stored = Stores | Merchants

/** Everything that use cases ask for. */
export type Application = Stored | PaymentGateway | EventSink | SingleFlight | RefreshBudget

export type OpenFailure = StoreFailure | WebhookFailure | EndpointFailure | LimitFailure

/** What is stored: for commands that only read. */
export const layerStored = ({ accounts, stores }: StoredPlan): Layer.Layer<Stored, StoreFailure> =>
  Layer.merge(layerStores(stores), layerMerchants(accounts))

/** The whole application. Loads what talks to Docdata. */
export const layerApplication = (plan: ApplicationPlan): Layer.Layer<Application, OpenFailure> =>
  Layer.unwrap(
    Effect.map(
      Effect.promise(() => Promise.all([import("@docdata/soap/gateway"), import("@docdata/http")])),
      ([{ SoapGateway }, { layerWebhooks }]) =>
        Layer.mergeAll(
          Layer.provideMerge(layerWebhooks(plan.webhooks), layerStored(plan)),
          SoapGateway.layer({ endpoints: plan.endpoints, limits: plan.limits }),
          SingleFlight.layer,
          RefreshBudget.layer
        )
    )
  )
