/**
 * The `webhooks` of the OpenAPI document: what the service sends to an endpoint.
 */
import { exampleOf } from "./exampleOf.ts"
import { type Components, type JsonSchema, nameOf } from "./tidySchema.ts"

const header = (name: string, description: string, example: string) => ({
  name,
  in: "header",
  required: true,
  description,
  schema: { type: "string" },
  example
})

// By https://www.standardwebhooks.com.
const headers = [
  header("webhook-id", "The id of the event: remember it, and ignore what comes again.", "ord_4K7Q2M-3-0"),
  header("webhook-timestamp", "When the message was sent, in seconds since 1970.", "1796069700"),
  header(
    "webhook-signature",
    "Signatures of id, timestamp and body, separated by blanks: two while a key is replaced.",
    "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="
  )
]

const typeOf = (arm: JsonSchema, components: Components): string =>
  String(components[nameOf(arm.$ref ?? "")]?.properties?.["type"]?.enum?.[0])

/** One entry: every type goes to the same address. */
export const webhookOperations = (components: Components) => {
  const arms = components["WebhookBody"]?.oneOf ?? []
  const examples = arms.map((arm) => [typeOf(arm, components), { value: exampleOf(arm, components) }] as const)
  return {
    event: {
      post: {
        tags: ["webhook-endpoints"],
        operationId: "webhook",
        summary: "Receive a webhook",
        description:
          "One message per event, signed by the Standard Webhooks specification. Events of one order come in " +
          "order. `type` says what `data` holds; ignore types and fields that you do not know.",
        security: [],
        parameters: headers,
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: { $ref: "#/components/schemas/WebhookBody" },
              examples: Object.fromEntries(examples)
            }
          }
        },
        responses: {
          "2XX": { description: "The endpoint accepted the message. It has 20 seconds to say so." },
          "4XX": { description: "The message is sent again later, for about 75 hours; 410 disables the endpoint." }
        }
      }
    }
  }
}
