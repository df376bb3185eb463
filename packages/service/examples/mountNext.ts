/** Mounted in Next: a route handler, at app/docdata/[...path]/route.ts and again at app/v1/[...path]/route.ts. */
import { docdata } from "./docdata.ts"

export const GET = (request: Request): Promise<Response> => docdata.handler(request)
export { GET as DELETE, GET as HEAD, GET as PATCH, GET as POST, GET as PUT }
