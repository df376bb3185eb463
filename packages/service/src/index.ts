/**
 * The service put together: the only place where adapters are chosen, layers wired and background work started.
 */
export { keepRetention } from "./keepRetention.ts"
export { open, type Opened } from "./open.ts"
export { type ApiKeyOptions, type MerchantOptions, type Options } from "./Options.ts"
export { openService, type Service } from "./openService.ts"
export type { OpenFailure, OpenPlan } from "./withPorts.ts"
export { serve, type Served, type ServePlan } from "./serve.ts"
export type { PortsPlan, ServicePlan } from "./ServicePlan.ts"
export { layerStores, type StorePlan, type Stores } from "./stores/layerStores.ts"
export { inMemory, isStillToBeMade, onDatabase } from "./stores/openDatabase.ts"
