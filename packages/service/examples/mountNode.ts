/** Mounted in a bare server of Node. */
import { createServer } from "node:http"
import { docdata } from "./docdata.ts"

export const server = createServer(docdata.listener)
