/**
 * The ports of the application in the memory of one process.
 */
export * from "./layerMemory.ts"
export * from "./layerMerchants.ts"
export * from "./layerProcessWork.ts"
export * from "./ProcessEvents.ts"
export * from "./gateway/FakeProvider.ts"
export * from "./gateway/layerFakeGateway.ts"
