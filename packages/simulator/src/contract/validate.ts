/**
 * Checks an element against the contract and says what is wrong the way the real service does: it validates with
 * Xerces and passes that text on, so the rule names and the wording of the text are Xerces' own.
 */
import type { XmlElement } from "../xml/XmlElement.ts"
import type { ComplexType, ElementRule, Group, Particle } from "./ContentModel.ts"
import { messageNamespace } from "./Contract.ts"
import type { SimpleType } from "./SimpleType.ts"
import { brokenRule, normalized } from "./SimpleType.ts"

/** The first rule a request breaks. */
export interface Violation {
  /** Where, as element names joined by slashes; attributes start with `@`. */
  readonly path: string
  /** What the real service puts into its error text. */
  readonly message: string
  /** What exactly is wrong with a value, for the request log; the real text leaves it out. */
  readonly detail?: string
}

const instanceNamespace = "http://www.w3.org/2001/XMLSchema-instance"
const secretAttributes: ReadonlySet<string> = new Set(["password", "token"])

/** Checks an element of a known type. `undefined` means it follows the contract. */
export const validate = (
  element: XmlElement,
  type: ComplexType | SimpleType,
  path = element.name
): Violation | undefined =>
  type.kind === "simple" ? validateSimple(element, type, path) : validateComplex(element, type, path)

const validateSimple = (element: XmlElement, type: SimpleType, path: string): Violation | undefined => {
  const [stray] = foreignAttributes(element)
  if (stray !== undefined) {
    const message = `cvc-type.3.1.1: Element '${element.name}' is a simple type, so it cannot have attributes, `
      + `excepting those whose namespace name is identical to '${instanceNamespace}'. However, the attribute, '${stray}' was found.`
    return { path: `${path}/@${stray}`, message }
  }
  if (element.children.length > 0) {
    return {
      path,
      message:
        `cvc-type.3.1.2: Element '${element.name}' is a simple type, so it must have no element information item [children].`
    }
  }
  const detail = brokenRule(type, element.text)
  if (detail === undefined) return undefined
  return {
    path,
    message: `cvc-type.3.1.3: The value '${element.text}' of element '${element.name}' is not valid.`,
    detail
  }
}

const validateComplex = (element: XmlElement, type: ComplexType, path: string): Violation | undefined =>
  validateAttributes(element, type, path) ?? validateContent(element, type, path)

const foreignAttributes = (element: XmlElement): ReadonlyArray<string> =>
  [...element.attributes.keys()].filter((key) => !key.startsWith(`{${instanceNamespace}}`))

const validateAttributes = (element: XmlElement, type: ComplexType, path: string): Violation | undefined => {
  const known = new Set(type.attributes.map(({ name }) => name))
  const stray = foreignAttributes(element).find((key) =>
    !known.has(key) && !(type.anyAttribute === true && !key.startsWith("{"))
  )
  if (stray !== undefined) {
    const message =
      `cvc-complex-type.3.2.2: Attribute '${stray}' is not allowed to appear in element '${element.name}'.`
    return { path: `${path}/@${stray}`, message }
  }
  for (const rule of type.attributes) {
    const value = element.attributes.get(rule.name)
    const at = `${path}/@${rule.name}`
    if (value === undefined) {
      if (!rule.required) continue
      return {
        path: at,
        message: `cvc-complex-type.4: Attribute '${rule.name}' must appear on element '${element.name}'.`
      }
    }
    const detail = brokenRule(rule.type, value)
    const shown = secretAttributes.has(rule.name) ? "***" : value
    if (detail !== undefined) {
      const message = `cvc-attribute.3: The value '${shown}' of attribute '${rule.name}' on element '${element.name}' `
        + `is not valid with respect to its type, '${rule.type.name ?? rule.type.base}'.`
      return { path: at, message, detail }
    }
    if (rule.fixed !== undefined && Number(normalized(rule.type, value)) !== Number(rule.fixed)) {
      const message = `cvc-attribute.4: The value '${shown}' of attribute '${rule.name}' on element '${element.name}' `
        + `does not match the fixed {value constraint}. The attribute must have a value of '${rule.fixed}'.`
      return { path: at, message }
    }
  }
  return undefined
}

const validateContent = (element: XmlElement, type: ComplexType, path: string): Violation | undefined => {
  if (type.text !== undefined) {
    const detail = element.children.length > 0 ? "has child elements" : brokenRule(type.text, element.text)
    if (detail === undefined) return undefined
    const message =
      `cvc-complex-type.2.2: Element '${element.name}' must have no element [children], and the value must be valid.`
    return { path, message, detail }
  }
  if (type.content === undefined && (element.children.length > 0 || element.text !== "")) {
    const message =
      `cvc-complex-type.2.1: Element '${element.name}' must have no character or element information item `
      + `[children], because the type's content type is empty.`
    return { path, message }
  }
  if (type.content === undefined) return undefined
  if (element.text.trim() !== "") {
    const message = `cvc-complex-type.2.3: Element '${element.name}' cannot have character [children], `
      + `because the type's content type is element-only.`
    return { path, message }
  }
  return new Matcher(element, path).run(type.content)
}

// The contract never needs to look ahead more than one element, so one pass without going back is enough.
class Matcher {
  private at = 0
  /** Names that could have stood at `at`; cleared whenever an element is taken. */
  private expected: Array<string> = []
  private violation: Violation | undefined
  private readonly element: XmlElement
  private readonly path: string

  constructor(element: XmlElement, path: string) {
    this.element = element
    this.path = path
  }

  run(content: Group): Violation | undefined {
    const complete = this.particle(content)
    if (this.violation !== undefined) return this.violation
    const next = this.next()
    if (next === undefined) return complete ? undefined : this.incomplete()
    return this.unexpected(next)
  }

  private next(): XmlElement | undefined {
    return this.element.children[this.at]
  }

  private particle(particle: Particle): boolean {
    switch (particle.kind) {
      case "element":
        return this.elements(particle)
      case "any":
        while (this.next()?.namespace === "") this.at += 1
        return true
      case "sequence":
        return this.sequence(particle)
      case "choice":
        return this.choice(particle)
    }
  }

  private elements(rule: ElementRule): boolean {
    let taken = 0
    while (taken === 0 || rule.max === "unbounded") {
      const next = this.next()
      if (next === undefined || next.name !== rule.name || next.namespace !== messageNamespace) break
      const path = rule.max === "unbounded" ? `${this.path}/${rule.name}[${taken + 1}]` : `${this.path}/${rule.name}`
      this.violation ??= validate(next, rule.type, path)
      if (this.violation !== undefined) return true
      this.at += 1
      this.expected = []
      taken += 1
    }
    if (taken === 0 || rule.max === "unbounded") this.expected.push(rule.name)
    return taken >= rule.min
  }

  private sequence(group: Group): boolean {
    const from = this.at
    for (const item of group.items) {
      const matched = this.particle(item)
      if (this.violation !== undefined) return true
      if (!matched) return group.min === 0 && this.at === from
    }
    return true
  }

  private choice(group: Group): boolean {
    let emptyIsFine = group.min === 0
    for (const item of group.items) {
      const from = this.at
      const matched = this.particle(item)
      if (this.violation !== undefined || this.at > from) return matched
      emptyIsFine ||= matched
    }
    return emptyIsFine
  }

  private expectedNames(): string {
    return `'{${[...new Set(this.expected)].map((name) => `"${messageNamespace}":${name}`).join(", ")}}'`
  }

  private incomplete(): Violation {
    const message = `cvc-complex-type.2.4.b: The content of element '${this.element.name}' is not complete. `
      + `One of ${this.expectedNames()} is expected.`
    return { path: this.path, message }
  }

  private unexpected(next: XmlElement): Violation {
    const start = `Invalid content was found starting with element '${next.name}'.`
    const message = this.expected.length === 0
      ? `cvc-complex-type.2.4.d: ${start} No child element is expected at this point.`
      : `cvc-complex-type.2.4.a: ${start} One of ${this.expectedNames()} is expected.`
    return { path: `${this.path}/${next.name}`, message }
  }
}
