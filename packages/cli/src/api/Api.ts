/**
 * The REST API as commands call it: the client that the contract generates.
 */
import type { DocdataApi } from "@docdata/contract"
import type * as HttpApiClient from "effect/http-api/HttpApiClient"

export type Api = HttpApiClient.ForApi<typeof DocdataApi>
