/**
 * Everything that differs between one service and another, as values that were checked.
 */
import type { MenuAddresses, MerchantAccount } from "@docdata/application"
import type { ApiKey, Destinations, OnReturn, WebhookOptions } from "@docdata/http"
import type { Endpoints, TransportLimits } from "@docdata/soap/gateway"
import type * as Redacted from "effect/Redacted"
import type { CredentialSource } from "./CredentialChange.ts"
import type { StorePlan } from "./stores/layerStores.ts"

/** What the use cases need: whose orders there are, where they are kept, and how Docdata is reached. */
export interface PortsPlan {
  readonly accounts: ReadonlyArray<MerchantAccount>
  readonly stores: StorePlan
  readonly webhooks: WebhookOptions
  /** Docdata's own addresses unless given: those of a simulator. */
  readonly endpoints?: Partial<Endpoints>
  readonly limits?: Partial<TransportLimits>
}

/** What the HTTP service needs besides. */
export interface ServicePlan extends PortsPlan {
  readonly keys: ReadonlyArray<ApiKey>
  readonly destinations: Destinations
  /** The first one signs return addresses; all of them are believed. */
  readonly returnSecrets?: ReadonlyArray<Redacted.Redacted>
  /** The address that shoppers and Docdata use to reach the service; where it listens, if absent. */
  readonly publicOrigin?: string
  readonly menus?: MenuAddresses
  /** Age in days at which texts of exchanges are emptied; they stay if it is absent. */
  readonly retentionDays?: number
  /** Reads accounts and keys again when the settings file changes. Without it they stay as they are. */
  readonly watch?: CredentialSource
  readonly onReturn?: OnReturn
}
