/**
 * The ports of the application in the memory of one process.
 */
export * from "./layerMemory.ts"
export * from "./ProcessEvents.ts"
