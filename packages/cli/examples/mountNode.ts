/** Mounted in a bare server of Node. */
import { nodeListener } from "@docdata/http"
import { createServer } from "node:http"
import { docdata } from "./docdata.ts"

export const server = createServer(nodeListener(docdata.handler))
