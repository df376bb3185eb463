/**
 * Work behind the requests: what there is to do, and the loops that do it in one process.
 */
export * from "./backgroundWork.ts"
export * from "./layerProcessWork.ts"
