import { readFileSync } from 'node:fs'
import { pricingFileSchema } from '@tollgate/contract/pricing'
import { expect, it } from 'vitest'
import { z } from 'zod'

const page = readFileSync(new URL('../reference/pricing-yaml.md', import.meta.url), 'utf8')

type Section = Record<string, string>
type Schema = z.core.JSONSchema.BaseSchema

it('the reference documents exactly the fields and defaults of pricing.yaml', () => {
  const schema = z.toJSONSchema(pricingFileSchema, { io: 'input' })
  const sections = Object.fromEntries(sectionsOf('The file', schema))
  expect(Object.keys(sections).length).toBeGreaterThan(9)
  expect(documented()).toEqual(sections)
})

/** Every object of the schema by its path, which is the heading of its section. */
function sectionsOf(name: string, schema: Schema): [name: string, section: Section][] {
  const properties = Object.entries(schema.properties ?? {})
  if (properties.length === 0) return []
  const required = new Set(schema.required)
  const section = Object.fromEntries(
    properties.map(([field, value]) => [field, defaultOf(schemaOf(value), required.has(field))]),
  )
  const path = (field: string) => (name === 'The file' ? field : `${name}.${field}`)
  const below = properties.flatMap(([field, value]) => nested(path(field), schemaOf(value)))
  return [[name, section], ...below]
}

function nested(path: string, schema: Schema): [name: string, section: Section][] {
  if (schema.type !== 'array') return sectionsOf(path, schema)
  const item = schemaOf(Array.isArray(schema.items) ? undefined : schema.items)
  const variants = item.oneOf ?? item.anyOf
  if (!variants) return sectionsOf(`${path}[]`, item)
  return variants.flatMap((variant) => {
    const own = schemaOf(variant)
    const type = schemaOf(own.properties?.['type']).const
    return sectionsOf(`${path}[] of type ${String(type)}`, own)
  })
}

function defaultOf(schema: Schema, required: boolean): string {
  if (required) return 'required'
  if (schema.default === undefined) return 'optional'
  if (schema.default === '') return "`''`"
  const text = typeof schema.default === 'string' ? schema.default : JSON.stringify(schema.default)
  return `\`${text}\``
}

function schemaOf(value: boolean | Schema | undefined): Schema {
  return typeof value === 'object' ? value : {}
}

function documented(): Record<string, Section> {
  const sections = page.split(/^## /m).slice(1)
  return Object.fromEntries(
    sections.map((section) => [
      section.slice(0, section.indexOf('\n')),
      Object.fromEntries(
        [...section.matchAll(/^\| `(\w+)` +\| (.+?) +\| /gm)].map(([, field = '', value = '']) => [
          field,
          value,
        ]),
      ),
    ]),
  )
}
