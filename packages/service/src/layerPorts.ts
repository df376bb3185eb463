/**
 * The adapters that a plan names, and all that use cases share: the one place where they are put together.
 */
import {
  type BackgroundWork,
  type EventSink,
  layerMerchantsFrom,
  layerProcessWork,
  layerUseCases,
  layerWakeRelay,
  type MerchantAccount,
  type Merchants,
  type PaymentGateway,
  type StoreFailure
} from "@docdata/application"
import { layerWebhooks, type WebhookFailure, type Webhooks } from "@docdata/http"
import type { EndpointFailure, LimitFailure } from "@docdata/soap/gateway"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Ref from "effect/Ref"
import type { PortsPlan } from "./ServicePlan.ts"
import { layerStores, type Stores } from "./stores/layerStores.ts"

export type PortsFailure = StoreFailure | WebhookFailure | EndpointFailure | LimitFailure

/** What speaks SOAP, from the start on. */
export const layerGateway = (
  { endpoints = {}, limits = {} }: PortsPlan
): Layer.Layer<PaymentGateway, EndpointFailure | LimitFailure> =>
  Layer.unwrap(
    Effect.map(
      Effect.promise(() => import("@docdata/soap/gateway")),
      ({ SoapGateway }) => SoapGateway.layer({ endpoints, limits })
    )
  )

interface Changing {
  /** May change while the layer is in use. */
  readonly accounts: Ref.Ref<ReadonlyArray<MerchantAccount>>
  readonly gateway: Layer.Layer<PaymentGateway, EndpointFailure | LimitFailure>
}

/** The ports, and what use cases share. */
export type Ports =
  | Stores
  | Merchants
  | PaymentGateway
  | EventSink
  | Webhooks
  | BackgroundWork
  | Layer.Success<typeof layerUseCases>

export const layerPorts = (
  { stores, webhooks }: PortsPlan,
  { accounts, gateway }: Changing
): Layer.Layer<Ports, PortsFailure> =>
  Layer.mergeAll(
    layerWakeRelay.pipe(
      Layer.provideMerge(Layer.provideMerge(layerWebhooks(webhooks), layerStores(stores))),
      Layer.provideMerge(layerProcessWork)
    ),
    gateway,
    layerMerchantsFrom(accounts),
    layerUseCases
  )
