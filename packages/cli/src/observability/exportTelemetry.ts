/**
 * Sends traces, metrics and logs to an OpenTelemetry collector, if the environment names one.
 *
 * The variables are OpenTelemetry's own, and `OTEL_EXPORTER_OTLP_ENDPOINT` is enough. Nothing is sent without it. A
 * collector that is away costs nothing but what it misses: what could not be sent is dropped, and it is left alone for a
 * minute.
 */
import * as ConfigProvider from "effect/ConfigProvider"
import * as FetchHttpClient from "effect/http/FetchHttpClient"
import * as Layer from "effect/Layer"
import * as Otlp from "effect/observability/Otlp"
import * as OtlpSerialization from "effect/observability/OtlpSerialization"
import { type Environment, SettingsViolations } from "@docdata/service/settings"
import { version } from "../version.ts"
import { withoutFailureTexts } from "./withoutFailureTexts.ts"

/** What the standard says where a variable is not set, and who we are. */
const defaults: Environment = {
  OTEL_TRACES_EXPORTER: "otlp",
  OTEL_METRICS_EXPORTER: "otlp",
  OTEL_LOGS_EXPORTER: "otlp",
  OTEL_SERVICE_NAME: "docdata",
  OTEL_SERVICE_VERSION: version
}

const protocols = { "http/protobuf": OtlpSerialization.layerProtobuf, "http/json": OtlpSerialization.layerJson }

const violation = (line: string) => Layer.effectDiscard(new SettingsViolations({ found: [line] }))

/** Fails before anything is started if the variables make no sense. */
export const exportTelemetry = (environment: Environment): Layer.Layer<never, SettingsViolations> => {
  const protocol = environment["OTEL_EXPORTER_OTLP_PROTOCOL"] || "http/protobuf"
  if (!Object.hasOwn(protocols, protocol)) {
    return violation("OTEL_EXPORTER_OTLP_PROTOCOL is not http/protobuf or http/json")
  }
  const provider = ConfigProvider.orElse(
    ConfigProvider.fromEnvRecord(environment),
    ConfigProvider.fromEnvRecord(defaults)
  )
  return withoutFailureTexts(Otlp.layerFromConfig()).pipe(
    Layer.provide([protocols[protocol as keyof typeof protocols], FetchHttpClient.layer]),
    Layer.provide(ConfigProvider.layer(provider)),
    // The platform takes what it cannot read for a fault of the program; it is one of the environment.
    Layer.catchCause(() => violation("one of the OTEL_ variables is not what OpenTelemetry says it should be"))
  )
}
