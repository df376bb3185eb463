/**
 * Variables that commands read who speak to a running service. No settings of the service itself, which may stand in the
 * same environment all the same.
 */
export const callerVariables = { service: "DOCDATA_SERVICE_URL", key: "DOCDATA_API_KEY" } as const
