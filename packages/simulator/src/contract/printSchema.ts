/** Prints the contract as an XML Schema, from the same data the validator uses. */
import { escapeXml } from "../xml/XmlElement.ts"
import type { AttributeRule, ComplexType, Particle } from "./ContentModel.ts"
import { globalElements, messageNamespace } from "./Contract.ts"
import type { SimpleType } from "./SimpleType.ts"

type Type = SimpleType | ComplexType

const reference = (type: SimpleType): string => type.name === undefined ? `xs:${type.base}` : `ddp:${type.name}`
const isPlain = (type: SimpleType): boolean => Object.keys(type).every((key) => key === "kind" || key === "base")

const restriction = (type: SimpleType): string => {
  const facet = (name: string, value: string | number | undefined) =>
    value === undefined ? "" : `<xs:${name} value="${escapeXml(String(value))}"/>`
  return `<xs:restriction base="xs:${type.base}">`
    + facet("minLength", type.lengthMin)
    + facet("maxLength", type.lengthMax)
    + facet("pattern", type.pattern)
    + (type.values ?? []).map((value) => facet("enumeration", value)).join("")
    + facet("minInclusive", type.valueMin)
    + facet("maxInclusive", type.valueMax)
    + "</xs:restriction>"
}

const attribute = (rule: AttributeRule): string => {
  const inline = rule.type.name === undefined && !isPlain(rule.type)
  const open = `<xs:attribute name="${rule.name}" use="${rule.required ? "required" : "optional"}"`
    + (inline ? "" : ` type="${reference(rule.type)}"`)
    + (rule.fixed === undefined ? "" : ` fixed="${rule.fixed}"`)
    + (rule.default === undefined ? "" : ` default="${rule.default}"`)
  return inline ? `${open}><xs:simpleType>${restriction(rule.type)}</xs:simpleType></xs:attribute>` : `${open}/>`
}

const particle = (item: Particle): string => {
  switch (item.kind) {
    case "any":
      return `<xs:any namespace="##local" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>`
    case "sequence":
    case "choice":
      return `<xs:${item.kind}${item.min === 0 ? ` minOccurs="0"` : ""}>${
        item.items.map(particle).join("")
      }</xs:${item.kind}>`
    case "element": {
      const occurs = (item.min === 0 ? ` minOccurs="0"` : "") +
        (item.max === "unbounded" ? ` maxOccurs="unbounded"` : "")
      const preset = item.default === undefined ? "" : ` default="${item.default}"`
      const open = `<xs:element name="${item.name}"${occurs}${preset}`
      if (item.type.name !== undefined) return `${open} type="ddp:${item.type.name}"/>`
      if (item.type.kind === "complex") return `${open}>${complex(item.type)}</xs:element>`
      return isPlain(item.type)
        ? `${open} type="${reference(item.type)}"/>`
        : `${open}><xs:simpleType>${restriction(item.type)}</xs:simpleType></xs:element>`
    }
  }
}

const complex = (type: ComplexType): string => {
  const name = type.name === undefined ? "" : ` name="${type.name}"`
  const meaning = type.meaning === undefined
    ? ""
    : `<xs:annotation><xs:documentation>${escapeXml(type.meaning)}</xs:documentation></xs:annotation>`
  const attributes = type.attributes.map(attribute).join("")
    + (type.anyAttribute === true ? `<xs:anyAttribute namespace="##local" processContents="lax"/>` : "")
  const body = type.text === undefined
    ? (type.content === undefined ? "" : particle(type.content)) + attributes
    : `<xs:simpleContent><xs:extension base="${reference(type.text)}">${attributes}</xs:extension></xs:simpleContent>`
  return `<xs:complexType${name}>${meaning}${body}</xs:complexType>`
}

const childTypes = (item: Particle): ReadonlyArray<Type> => {
  switch (item.kind) {
    case "any":
      return []
    case "element":
      return [item.type]
    case "sequence":
    case "choice":
      return item.items.flatMap(childTypes)
  }
}

const collect = (type: Type, found: Map<string, Type>): void => {
  if (type.name !== undefined && found.has(type.name)) {
    if (found.get(type.name) !== type) throw new Error(`two types are named ${type.name}`)
    return
  }
  if (type.name !== undefined) found.set(type.name, type)
  if (type.kind === "simple") return
  const inner = [...type.attributes.map((rule) => rule.type), ...(type.text === undefined ? [] : [type.text])]
  for (const child of [...inner, ...(type.content === undefined ? [] : childTypes(type.content))]) collect(child, found)
}

/** The schema document. Each global element and each named type stands on its own line. */
export const printSchema = (): string => {
  const types = new Map<string, Type>()
  for (const type of globalElements.values()) collect(type, types)
  const lines = [
    ...[...types.values()].map((type) =>
      type.kind === "complex"
        ? complex(type)
        : `<xs:simpleType name="${type.name ?? ""}">${restriction(type)}</xs:simpleType>`
    ),
    ...[...globalElements].map(([name, type]) => `<xs:element name="${name}">${complex(type)}</xs:element>`)
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>\n<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:ddp="${messageNamespace}"`
    + ` targetNamespace="${messageNamespace}" elementFormDefault="qualified">\n${
      lines.map((line) => `  ${line}\n`).join("")
    }</xs:schema>\n`
}
