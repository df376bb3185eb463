/**
 * Where a request comes from, for limits: the address of the other end of the connection.
 */
import * as Context from "effect/Context"

/** One source for all where a mount does not say. Behind a proxy it is the proxy's. */
export const Source = Context.Reference<string>("@docdata/http/Source", { defaultValue: () => "unknown" })
