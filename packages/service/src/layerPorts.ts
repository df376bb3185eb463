/**
 * The adapters that a plan names, and all that use cases share: the one place where they are put together.
 */
import {
  layerMerchantsFrom,
  layerProcessWork,
  layerUseCases,
  layerWakeRelay,
  type MerchantAccount,
  type StoreFailure
} from "@docdata/application"
import { layerWebhooks, type WebhookFailure } from "@docdata/http"
import { type EndpointFailure, type LimitFailure, SoapGateway } from "@docdata/soap/gateway"
import * as Layer from "effect/Layer"
import type * as Ref from "effect/Ref"
import type { PortsPlan } from "./ServicePlan.ts"
import { layerStores } from "./stores/layerStores.ts"

export type PortsFailure = StoreFailure | WebhookFailure | EndpointFailure | LimitFailure

/** `accounts` may change while the layer is in use. */
export const layerPorts = (
  { endpoints = {}, limits = {}, stores, webhooks }: PortsPlan,
  accounts: Ref.Ref<ReadonlyArray<MerchantAccount>>
) =>
  Layer.mergeAll(
    layerWakeRelay.pipe(
      Layer.provideMerge(Layer.provideMerge(layerWebhooks(webhooks), layerStores(stores))),
      Layer.provideMerge(layerProcessWork)
    ),
    SoapGateway.layer({ endpoints, limits }),
    layerMerchantsFrom(accounts),
    layerUseCases
  ) satisfies Layer.Layer<never, PortsFailure>
