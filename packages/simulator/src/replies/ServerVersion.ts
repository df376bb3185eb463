/** How replies differ between the versions of the server that were seen, as data. */

export interface ServerVersion {
  /** The value of `ddpXsdVersion`. */
  readonly name: ServerVersionName
  readonly consideredSafe: boolean
  /** What apiInformation says; absent means the element is absent. */
  readonly originalVersion?: string
  /** Captures, refunds and chargebacks carry the time of their last change. */
  readonly modifiedDate: boolean
  /** The list of payment methods names the banks of iDEAL. */
  readonly issuers: boolean
}

export type ServerVersionName = "1.3.1" | "1.3.5" | "1.3.14" | "1.3.15"

export const serverVersions: Readonly<Record<ServerVersionName, ServerVersion>> = {
  "1.3.1": { name: "1.3.1", consideredSafe: false, modifiedDate: false, issuers: false },
  "1.3.5": { name: "1.3.5", consideredSafe: true, modifiedDate: false, issuers: false },
  "1.3.14": { name: "1.3.14", consideredSafe: true, originalVersion: "1.3", modifiedDate: false, issuers: false },
  "1.3.15": {
    name: "1.3.15",
    consideredSafe: true,
    originalVersion: "Order API 1.3",
    modifiedDate: true,
    issuers: true
  }
}
