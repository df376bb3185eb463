import { layerFakeWorld, paymentGatewayConformance } from "@docdata/testkit"
import { describe, it } from "vitest"

paymentGatewayConformance({ describe, it }, layerFakeWorld)
