/**
 * Which software is calling: Docdata's support asks for it, so every request tells.
 */
import { optional, type RequestWriter } from "./RequestWriter.ts"
import { text } from "./Rule.ts"

/** Each 1 to 35 characters. Source: Docdata XSD 1.3, `technicalIntegrationInfo`. */
export interface IntegrationInfo {
  readonly webshopPlugin?: string
  readonly webshopPluginVersion?: string
  readonly integratorName?: string
  readonly programmingLanguage?: string
  readonly operatingSystem?: string
  readonly operatingSystemVersion?: string
  readonly xsdVersion?: string
}

/** This product. What the caller gives wins, field by field. */
export const ownIntegrationInfo = {
  webshopPlugin: "@docdata/soap",
  webshopPluginVersion: "0.1.0",
  programmingLanguage: "TypeScript",
  // The schema the requests of this package are checked against.
  xsdVersion: "1.3.14"
} as const satisfies IntegrationInfo

const leaves = [
  optional<IntegrationInfo>("webshopPlugin", "webshopPlugin", text(35)),
  optional<IntegrationInfo>("webshopPluginVersion", "webshopPluginVersion", text(35)),
  optional<IntegrationInfo>("integratorName", "integratorName", text(35)),
  optional<IntegrationInfo>("programmingLanguage", "programmingLanguage", text(35)),
  optional<IntegrationInfo>("operatingSystem", "operatingSystem", text(35)),
  optional<IntegrationInfo>("operatingSystemVersion", "operatingSystemVersion", text(35)),
  optional<IntegrationInfo>("ddpXsdVersion", "xsdVersion", text(35))
]

export const writeIntegrationInfo = (writer: RequestWriter, given: IntegrationInfo = {}): void => {
  const info = { ...ownIntegrationInfo, ...given }
  writer.at("integration", () => writer.element("integrationInfo", {}, () => writer.leaves(info, leaves)))
}
