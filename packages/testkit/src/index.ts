/**
 * What proves that an adapter keeps its port: conformance suites for any test runner.
 */
export * from "./conformance/Case.ts"
export * from "./conformance/suites.ts"
export * from "./model/Model.ts"
export * from "./model/runCommandStream.ts"
export * from "./model/Wish.ts"
export * from "./model/World.ts"
export * from "./model/historyText.ts"
export { gatewayAccounts } from "./gateway/gatewaySample.ts"
export * from "./gateway/gatewaySuite.ts"
export * from "./gateway/ProviderStage.ts"
export * from "./gateway/Witness.ts"
export * from "./history/checkLinearizable.ts"
export * from "./history/orderHistory.ts"
export * from "./model/Command.ts"
