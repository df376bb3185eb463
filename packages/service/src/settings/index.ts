/**
 * The settings: from the environment, from one file, or as options of a program.
 */
export { accountName, accountSettings } from "./accountSettings.ts"
export { callerVariables } from "./callerVariables.ts"
export { listedAccounts } from "./listedAccounts.ts"
export { readAccounts } from "./readAccounts.ts"
export { grantedKeys, parseApiKeyEntries, readApiKeys } from "./readApiKeys.ts"
export { readDocdata } from "./readDocdata.ts"
export { readCommandPlan, readLogLevel, readServicePlan } from "./readServicePlan.ts"
export { readOwnStores, readPresentStores, readStores } from "./readStores.ts"
export { readWatchedPlan } from "./readWatchedPlan.ts"
export { readWebhooks } from "./readWebhooks.ts"
export { serviceSettings } from "./serviceSettings.ts"
export {
  apiKeyName,
  type JsonObject,
  type NamedKey,
  parseSettingsObject,
  readSettingsObject,
  sections
} from "./SettingsFile.ts"
export { SettingsViolations } from "./SettingsViolations.ts"
export { readSettings, SettingsReader } from "./SettingsReader.ts"
export { accountRows, serviceRows, type SettingRow, settingsHelp } from "./settingsTable.ts"
export { SettingsWatch } from "./SettingsWatch.ts"
export {
  type Environment,
  isInEnvironment,
  isOpenToAll,
  openSources,
  settingsFileKey,
  settingsPath,
  type Sources
} from "./Sources.ts"
