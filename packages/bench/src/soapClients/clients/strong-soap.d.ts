/** strong-soap ships no types; this is what the benchmark uses of it. */
declare module "strong-soap" {
  type Done<A> = (error: Error | null, value: A) => void

  interface Client {
    readonly status: (input: object, done: Done<unknown>) => void
  }

  const strongSoap: {
    readonly soap: { readonly createClient: (url: string, options: object, done: Done<Client>) => void }
  }

  export { type Client }
  // It is CommonJS: all it has is its default.
  export default strongSoap
}
